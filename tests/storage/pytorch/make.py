#!/usr/bin/env python3
"""Writes the two files beside this script: a network of PyTorch's with random weights, and samples with its outputs.

Needs PyTorch (Debian: python3-torch); the files that are kept here were written with 1.13.1. The format is written by
its description, https://github.com/huggingface/safetensors#format.
"""
import json
import pathlib
import struct

import torch

HERE = pathlib.Path(__file__).resolve().parent


def save(path, tensors):
    header, buffer = {}, b""
    for name, tensor in tensors.items():
        data = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(buffer), len(buffer) + len(data)]}
        buffer += data
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + buffer)


def main():
    torch.manual_seed(20)
    net = torch.nn.Sequential(
        torch.nn.Linear(6, 8), torch.nn.ReLU(),
        torch.nn.Linear(8, 5), torch.nn.Tanh(),
        torch.nn.Linear(5, 4), torch.nn.Sigmoid(),
        torch.nn.Linear(4, 3))
    with torch.no_grad():
        for parameter in net.parameters():
            parameter *= 2  # so that the activations bend
    inputs = 2 * torch.randn(50, 6)
    save(HERE / "network.safetensors", net.state_dict())
    save(HERE / "samples.safetensors", {"inputs": inputs, "outputs": net(inputs)})


if __name__ == "__main__":
    main()
