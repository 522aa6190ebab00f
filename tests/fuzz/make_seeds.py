#!/usr/bin/env python3
"""Writes the files that the fuzzers begin with: small ones that are right, each with something of its own, and some that
break one rule.

    make_seeds.py DIRECTORY
"""
import gzip
import json
import pathlib
import struct
import sys


def safetensors(header, buffer, padding=0):
    text = (header if isinstance(header, str) else json.dumps(header, separators=(",", ":"))).encode() + b" " * padding
    return struct.pack("<Q", len(text)) + text + buffer


def tensor(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def npy(descr, shape, values, version=1, order=False):
    header = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}".encode()
    before = 10 if version == 1 else 12
    header += b" " * (-(before + len(header) + 1) % 64) + b"\n"
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header + values


def idx(kind, extents, values):
    return bytes([0, 0, kind, len(extents)]) + b"".join(struct.pack(">I", n) for n in extents) + values


SEEDS = {
    "safetensors": {
        "empty": safetensors({}, b""),
        "scalar": safetensors({"s": tensor("F64", [], 0, 8)}, bytes(8)),
        "padded": safetensors({"w": tensor("F32", [2, 3], 0, 24)}, bytes(24), 5),
        "two": safetensors({"0.bias": tensor("F32", [1], 0, 4), "0.weight": tensor("F32", [1, 2], 4, 12)}, bytes(12)),
        "metadata": safetensors({"__metadata__": {"seed": "42", "a\n": "\u20ac"}, "i": tensor("I64", [1], 0, 8)}, bytes(8)),
        "zero": safetensors({"z": tensor("U8", [0, 7], 0, 0), "y": tensor("BOOL", [3], 0, 3)}, bytes(3)),
        "small": safetensors({"f": tensor("F4", [4], 0, 2), "g": tensor("F6_E2M3", [4], 2, 5)}, bytes(5)),
        "overlap": safetensors({"a": tensor("F32", [2], 0, 8), "b": tensor("F32", [2], 4, 12)}, bytes(12)),
        "same": safetensors({"a": tensor("F32", [1], 0, 4), "b": tensor("F32", [1], 0, 4)}, bytes(4)),
        "hole": safetensors({"a": tensor("U8", [1], 0, 1), "b": tensor("U8", [1], 2, 3)}, bytes(3)),
        "beyond": safetensors({"a": tensor("U8", [4], 0, 4)}, bytes(3)),
        "twice": safetensors('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0061":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}', b""),
        "overflow": safetensors({"a": tensor("U8", [4294967296, 4294967296], 0, 0)}, b""),
        "reversed": safetensors({"a": tensor("U8", [0], 1, 0)}, bytes(1)),
        "many": safetensors({n: tensor("U8", [], i, i + 1) for i, n in enumerate("abcdefghijk")}, bytes(11)),
        "escapes": safetensors('{ "\\ud83d\\ude00\\u00e9\\\\" : {"shape":[ ],"dtype":"BF16" , "data_offsets":[0, 2]} }', bytes(2)),
    },
    "npy": {
        "f4": npy("<f4", "(2, 3)", bytes(24)),
        "f8": npy("<f8", "(3,)", struct.pack("<3d", 1, 2, 3)),
        "scalar": npy("<i4", "()", bytes(4), 2),
        "fortran": npy("|u1", "(2, 2)", bytes(4), 3, True),
        "empty": npy("<u8", "(0, 5)", b""),
    },
    "idx": {
        "images": idx(8, [2, 2, 2], bytes(8)),
        "labels": idx(8, [3], bytes(3)),
        "doubles": idx(14, [1, 2], struct.pack(">2d", 0.5, -1)),
        "shorts": idx(11, [2], struct.pack(">2h", 1, -1)),
    },
    "csv": {
        "header": b"a,b,class\n1,2.5,x\n-3,4e2,y\n",
        "quoted": b'"a ""1""","b\nc"\r\n"1","2"\r\n',
        "plain": b"1;2;3\n4;5;6",
        "missing": b"1,2\n3,\n",
    },
    "gzip": {
        "text": gzip.compress(b"1,2\n3,4\n", mtime=0),
        "two": gzip.compress(b"abc", mtime=0) + gzip.compress(bytes(300), mtime=0),
        "plain": b"not compressed",
    },
}


def main():
    for kind, files in SEEDS.items():
        folder = pathlib.Path(sys.argv[1], kind)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
