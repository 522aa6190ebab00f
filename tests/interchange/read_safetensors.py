#!/usr/bin/env python3
"""Reads what the library wrote, by the description of the format alone and with nothing but Python's own library.

    read_safetensors.py network.safetensors network.txt
"""
import json
import struct
import sys

FORMATS = {"F32": "f", "F64": "d"}


def read(path):
    """(metadata, {name: (shape, numbers)}, the order in which they stand)."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert length % 8 == 0, "the header is padded"
    header = json.loads(content[8:8 + length].decode("utf-8"))
    buffer = content[8 + length:]
    metadata = header.pop("__metadata__")
    reached, tensors = 0, {}
    for name, entry in header.items():
        assert set(entry) == {"dtype", "shape", "data_offsets"}
        begin, end = entry["data_offsets"]
        assert begin == reached, f"{name} begins at {begin} instead of {reached}"
        reached = end
        numbers = [n for (n,) in struct.iter_unpack("<" + FORMATS[entry["dtype"]], buffer[begin:end])]
        count = 1
        for extent in entry["shape"]:
            count *= extent
        assert count == len(numbers), name
        tensors[name] = (entry["shape"], numbers)
    assert reached == len(buffer), "nothing is left over"
    return metadata, tensors, list(header)


def main():
    metadata, tensors, order = read(sys.argv[1])
    with open(sys.argv[2], encoding="ascii") as text:
        expected = [float.fromhex(line) for line in text]
    shapes = {"0.weight": [6, 4], "0.bias": [6], "2.weight": [5, 6], "2.bias": [5], "4.weight": [3, 5], "4.bias": [3]}
    assert order == ["normaliser.offset", "normaliser.scale"] + sorted(shapes), order
    assert {name: tensors[name][0] for name in shapes} == shapes
    found = [number for name in shapes for number in tensors[name][1]]
    assert found == expected and len(found) == 83, "the numbers are those of the network"
    assert tensors["normaliser.offset"] == ([4], [0.1, 2, 3, 4])
    assert tensors["normaliser.scale"] == ([4], [1, 0.5, 0.25, 3])
    assert metadata.pop("version").count(".") == 2
    assert metadata == {"architecture": "linear(4, 6), tanh, linear(6, 5), relu, linear(5, 3)", "seed": "7", "epoch": "3",
                        "note": "caf\u00e9 \"\\\n"}, metadata
    print(f"{len(tensors)} tensors as they were written")


if __name__ == "__main__":
    main()
