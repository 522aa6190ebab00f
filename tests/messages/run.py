#!/usr/bin/env python3
"""A mistake costs one error, which says in a sentence what is wrong and fits on a screen.

Each file begins with what it expects:

    // EXPECT: the sentence of the error      (the first one stands in the error's own line,
    // EXPECT: inner_sizes_agree<              any further ones anywhere in the output)
    // FLAGS: -O2                              (optional)
    // OF: tanh, nn::train                     the public names that the mistake is about: see untested.py
    // EACH: CALL=tanh(v)                      (optional, any number) the same mistake with each of these macros

and holds the mistake and, under #ifdef CORRECTED, what should have been written. As it stands the file must fail
with exactly one error and at most 16 rows of 80 columns; with -DCORRECTED it must compile.

    run.py [--compiler g++] FILE...                   test
    run.py [--compiler g++] --show FILE...            print the message as a user sees it
    run.py [--compiler g++] --precompile DIRECTORY    parse the library's header once, for all that follow with
    run.py ... --precompiled DIRECTORY ...            the directory where it stands
"""
import argparse
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests/support"))
import precompiled  # noqa: E402

COLUMNS = 80
ROWS = 16
STANDARD = ["-std=c++20"]
# What Clang says of the macros of EACH, as if their text stood in the file.
MACRO = re.compile(r"^<command line>:\d+:\d+: note: expanded from macro '\w+'\n.*\n.*\n", re.MULTILINE)


def directives(source, name):
    """The texts of the `// NAME: text` comments at the head of the file."""
    for line in source.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            return
        key, _, text = line[2:].partition(":")
        if key.strip() == name:
            yield text.strip()


class Compiler:
    def __init__(self, command, include, header):
        self.command, self.include = shlex.split(command), include
        self.header = precompiled.Precompiled(command, header)

    def compile(self, source, *more):
        """(did it compile, what the compiler said), without colours and in English."""
        text, name = source.read_text(encoding="utf-8"), os.path.relpath(source, PROJECT)
        flags = [flag for line in directives(source, "FLAGS") for flag in shlex.split(line)]
        header = [] if flags else self.header.flags(text)
        command = [*self.command, *STANDARD, "-fsyntax-only", "-fdiagnostics-color=never", *header, "-I", "include",
                   *self.include, *more, *flags, name]
        done = subprocess.run(command, cwd=PROJECT, env={**os.environ, "LC_ALL": "C", "LANGUAGE": "C"},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = MACRO.sub("", done.stdout.decode("utf-8", "replace"))
        return done.returncode == 0, self.header.said(output, text, name) if header else output


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


def variants(source):
    """The macros under which a file is compiled, each for a mistake of its own."""
    return [["-D" + text] for text in directives(source, "EACH")] or [[]]


def test(compiler, source):
    found, longest, said = [], 0, ""
    for macro in variants(source):
        compiled, output = compiler.compile(source, *macro)
        wrong = list(complaints(source, output, compiled))
        longest = max(longest, rows(output))
        if wrong:
            found += [" ".join([*macro, complaint]) for complaint in wrong]
            said += output
    # Under which macro does not matter to what should have been written.
    right, output = compiler.compile(source, *variants(source)[0], "-DCORRECTED")
    if not right:
        found.append("the corrected twin does not compile:\n" + output)
    print(f"{'not ok' if found else 'ok'}  {source.name}  ({longest} rows)")
    for complaint in found:
        print("  " + complaint)
    if found:
        print(said)
    return not found


def show(compiler, source):
    for macro in variants(source):
        output = compiler.compile(source, *macro)[1]
        print(f"--- {' '.join([source.name, *macro])}, {compiler.command[0]}, {rows(output)} rows of {COLUMNS} columns")
        print("\n".join(wrapped(output)))
    return True


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    arguments.add_argument("--show", action="store_true", help="print the messages instead of testing them")
    arguments.add_argument("--precompile", metavar="DIRECTORY", help="put the parsed header there")
    arguments.add_argument("--precompiled", metavar="DIRECTORY", help="where the parsed header is")
    arguments.add_argument("files", nargs="*", type=pathlib.Path)
    given = arguments.parse_args()
    include = [part for directory in given.include for part in ("-isystem", directory)]
    if given.precompile:
        precompiled.make(given.compiler, [*STANDARD, *include], given.precompile)
    compiler = Compiler(given.compiler, include, given.precompiled or given.precompile)
    action = show if given.show else test
    return 0 if all([action(compiler, source.resolve()) for source in given.files]) else 1


if __name__ == "__main__":
    sys.exit(main())
