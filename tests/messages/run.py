#!/usr/bin/env python3
"""A mistake costs one error, which says in a sentence what is wrong and fits on a screen.

Each file begins with what it expects:

    // EXPECT: the sentence of the error      (the first one stands in the error's own line,
    // EXPECT: inner_sizes_agree<              any further ones anywhere in the output)
    // FLAGS: -O2                              (optional)

and holds the mistake and, under #ifdef CORRECTED, what should have been written. As it stands the file must fail
with exactly one error and at most 16 rows of 80 columns; with -DCORRECTED it must compile.

    run.py [--compiler g++] FILE...          test
    run.py [--compiler g++] --show FILE...   print the message as a user sees it
"""
import argparse
import math
import os
import pathlib
import shlex
import subprocess
import sys

COLUMNS = 80
ROWS = 16
PROJECT = pathlib.Path(__file__).resolve().parents[2]


def directives(source, name):
    """The texts of the `// NAME: text` comments at the head of the file."""
    for line in source.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            return
        key, _, text = line[2:].partition(":")
        if key.strip() == name:
            yield text.strip()


def compile(compiler, source, *more):
    """(did it compile, what the compiler said), without colours and in English."""
    flags = [flag for text in directives(source, "FLAGS") for flag in shlex.split(text)]
    command = [*shlex.split(compiler), "-std=c++20", "-fsyntax-only", "-fdiagnostics-color=never",
               "-I", "include", *more, *flags, os.path.relpath(source, PROJECT)]
    done = subprocess.run(command, cwd=PROJECT, env={**os.environ, "LC_ALL": "C", "LANGUAGE": "C"},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


def rows(output):
    return sum(max(1, math.ceil(len(line.expandtabs()) / COLUMNS)) for line in output.splitlines())


def wrapped(output):
    for line in output.splitlines():
        line = line.expandtabs()
        for start in range(0, max(1, len(line)), COLUMNS):
            yield line[start:start + COLUMNS]


def complaints(source, output, compiled):
    """What is wrong with the message of the mistake."""
    expected = list(directives(source, "EXPECT"))
    if not expected:
        yield "says nothing of what it expects: // EXPECT: <sentence>"
        return
    if compiled:
        yield "compiles, but should not"
        return
    errors = [line for line in output.splitlines() if "error:" in line]
    if len(errors) != 1:
        yield f"{len(errors)} errors instead of one"
    if not any(expected[0] in line for line in errors):
        yield f"no error says: {expected[0]}"
    for text in expected[1:]:
        if text not in output:
            yield f"nothing says: {text}"
    if rows(output) > ROWS:
        yield f"{rows(output)} rows of {COLUMNS} columns; {ROWS} are the most"


def test(compiler, include, source):
    compiled, output = compile(compiler, source, *include)
    found = list(complaints(source, output, compiled))
    right, said = compile(compiler, source, *include, "-DCORRECTED")
    if not right:
        found.append("the corrected twin does not compile:\n" + said)
    print(f"{'not ok' if found else 'ok'}  {source.name}  ({rows(output)} rows)")
    for complaint in found:
        print("  " + complaint)
    if found:
        print(output)
    return not found


def show(compiler, include, source):
    output = compile(compiler, source, *include)[1]
    print(f"--- {source.name}, {compiler}, {rows(output)} rows of {COLUMNS} columns")
    print("\n".join(wrapped(output)))
    return True


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    arguments.add_argument("--show", action="store_true", help="print the messages instead of testing them")
    arguments.add_argument("files", nargs="+", type=pathlib.Path)
    given = arguments.parse_args()
    include = [part for directory in given.include for part in ("-isystem", directory)]
    action = show if given.show else test
    return 0 if all([action(given.compiler, include, source.resolve()) for source in given.files]) else 1


if __name__ == "__main__":
    sys.exit(main())
