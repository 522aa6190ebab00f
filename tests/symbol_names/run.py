#!/usr/bin/env python3
"""Names that do not grow with a network: how many symbols of a program spell what it was asked for.

    run.py [--compiler g++] [--include DIRECTORY]

A request names the loss and every parameter. Where functions of a program are templates over it, each of their symbols
is as long as that list, and g++ gets slower with the square of it. What users call has such a name; what is made for
each parameter, step or kernel has not.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "benchmarks"))
from compile_cost import chain  # noqa: E402

LAYERS = 20  # whose forty parameters take some 1400 characters
LONG = 800
MOST = 40  # the functions that users call, the stages of a call, and what they return: so many for any network


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default="g++")
    arguments.add_argument("--include", default=str(PROJECT / "include"))
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        code, binary = pathlib.Path(directory, "unit.cpp"), pathlib.Path(directory, "unit.o")
        code.write_text(chain(LAYERS, 16))
        subprocess.run([given.compiler, "-std=c++20", "-O0", "-I", given.include, "-c", code, "-o", binary], check=True)
        listed = subprocess.run(["nm", binary], capture_output=True, text=True, check=True).stdout
    names = [line.split()[-1] for line in listed.splitlines()]
    long = sorted((name for name in names if len(name) > LONG), key=len)
    print(f"{len(names)} symbols, {len(long)} of them with more than {LONG} characters; at most {MOST} are allowed")
    if len(long) > MOST:
        for name in long:
            print(f"    {len(name)}: {name[:80]} … {name[-40:]}")
    return 1 if len(long) > MOST or not names else 0


if __name__ == "__main__":
    sys.exit(main())
