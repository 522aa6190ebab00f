#!/usr/bin/env python3
"""Runs an example of Fashion-MNIST on a few images of the same format: small.py program

A picture of kind k is noise with a bright square at the k-th of ten places, which any network learns.
"""
import gzip
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

PALER = bytes(value // 3 for value in range(256))


def picture(kind, draw):
    pixels = bytearray(draw.randbytes(28 * 28).translate(PALER))
    top, left = 14 * (kind // 5), 5 * (kind % 5)
    for row in range(top, top + 10):
        pixels[28 * row + left : 28 * row + left + 6] = b"\xe0" * 6
    return bytes(pixels)


def write(folder, name, count, draw):
    kinds = [draw.randrange(10) for _ in range(count)]
    with gzip.open(folder / f"{name}-images-idx3-ubyte.gz", "wb") as file:
        file.write(struct.pack(">4B3I", 0, 0, 8, 3, count, 28, 28))
        file.writelines(picture(kind, draw) for kind in kinds)
    with gzip.open(folder / f"{name}-labels-idx1-ubyte.gz", "wb") as file:
        file.write(struct.pack(">4BI", 0, 0, 8, 1, count) + bytes(kinds))


def run(program, folder):
    done = subprocess.run([program, folder], stdout=subprocess.PIPE, text=True)
    print(done.stdout)
    return done


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        empty = run(program, folder)
        assert empty.returncode == 1 and "scripts/fashion" in empty.stdout
        draw = random.Random(1)
        write(folder, "train", 1200, draw)
        write(folder, "t10k", 200, draw)
        done = run(program, folder)
        assert done.returncode == 0 and done.stdout.count("epoch") == 15 and "200 test images" in done.stdout


if __name__ == "__main__":
    main()
