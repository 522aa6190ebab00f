#!/usr/bin/env python3
"""What PyTorch computes for the network of 07_like_pytorch.cpp, kept in two files so that nobody needs PyTorch to compare.

    record.py [FOLDER]      writes weights.safetensors and gradient.safetensors; prints predictions, loss and gradients
"""
import json
import pathlib
import struct
import sys

import torch
from torch import nn

torch.manual_seed(42)
net = nn.Sequential(nn.Linear(2, 4), nn.Sigmoid(), nn.Linear(4, 1), nn.Sigmoid()).double()
x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
t = torch.tensor([[0], [1], [1], [0]], dtype=torch.float64)

y = net(x)
loss = nn.MSELoss()(y, t)
loss.backward()

print("predictions", *(f"{p:.17g}" for p in y.flatten().tolist()))
print("loss", f"{loss.item():.17g}")
for name, p in net.named_parameters():
    print(f"{name:9} shape {tuple(p.grad.shape)}, mean of the gradient {p.grad.mean().item():.4f}")


def save(file, tensors):
    header, data = {}, b""
    for name, values in tensors.items():
        numbers = values.flatten().tolist()
        begin = len(data)
        data += struct.pack(f"<{len(numbers)}d", *numbers)
        header[name] = {"dtype": "F64", "shape": list(values.shape), "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)


folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
save(folder / "weights.safetensors", {name: p.detach() for name, p in net.named_parameters()})
save(folder / "gradient.safetensors", {name: p.grad for name, p in net.named_parameters()})
