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
    run.py ... --part 3/8 FILE...                     test an eighth of them: the third of as many equal shares
    run.py [--compiler g++] --show FILE...            print the message as a user sees it
    run.py [--compiler g++] --precompile DIRECTORY    parse the library's header once, for all that follow with
    run.py ... --precompiled DIRECTORY ...            the directory where it stands

Corrected files that include the same are compiled together, each in a namespace of its own; if that fails, each alone, to
find out which.
"""
import argparse
import collections
import itertools
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests/support"))
import precompiled  # noqa: E402

COLUMNS = 80
ROWS = 16
WORTH_A_HEADER = 5  # compilations, of which each saves a third of what it costs to parse the headers once
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
        self.name, self.command, self.include = command, shlex.split(command), include
        self.headers = [precompiled.Precompiled(command, header)]

    def prepare(self, sources, directory):
        """Parses once the headers that stand at the head of several compilations."""
        count = collections.Counter()
        for source in sources:
            headers = tuple(header for header, _ in precompiled.leading(source.read_text(encoding="utf-8")))
            count[headers] += len(variants(source))
        for number, (headers, compilations) in enumerate(sorted(count.items())):
            known = any(header.place and header.headers == headers for header in self.headers)
            if headers and not known and compilations >= WORTH_A_HEADER:
                place = pathlib.Path(directory, f"headers_{number}")
                precompiled.make(self.name, [*STANDARD, *self.include], place, headers)
                self.headers.append(precompiled.Precompiled(self.name, place, headers))
        self.headers.sort(key=lambda header: -len(header.headers))

    def compile(self, source, *more):
        """(did it compile, what the compiler said), without colours and in English."""
        text, name = source.read_text(encoding="utf-8"), os.path.relpath(source, PROJECT)
        flags = [flag for line in directives(source, "FLAGS") for flag in shlex.split(line)]
        header = None if flags else next((header for header in self.headers if header.flags(text)), None)
        command = [*self.command, *STANDARD, "-fsyntax-only", "-fdiagnostics-color=never",
                   *(header.flags(text) if header else []), "-I", "include", *self.include, *more, *flags, name]
        done = subprocess.run(command, cwd=PROJECT, env={**os.environ, "LC_ALL": "C", "LANGUAGE": "C"},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = MACRO.sub("", done.stdout.decode("utf-8", "replace"))
        return done.returncode == 0, header.said(output, text, name) if header else output


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


def includes(source):
    return precompiled.INCLUDE.findall(source.read_text(encoding="utf-8"))


def together(sources):
    """One source of several that include the same: each is in a namespace, with its name, lines and macros."""
    text = "".join(f"#include {header}\n" for header in includes(sources[0]))
    for number, source in enumerate(sources):
        macros = [macro.removeprefix("-D").partition("=") for macro in variants(source)[0]]
        body = re.sub(precompiled.INCLUDE.pattern + ".*", "", source.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text += "".join(f"#define {name} {value}\n" for name, _, value in macros)
        text += f'namespace corrected_{number} {{\n#line 1 "{source}"\n{body}\n}}\n'
        text += "".join(f"#undef {name}\n" for name, _, _ in macros)
    return text


def compile_together(compiler, sources):
    with tempfile.TemporaryDirectory() as directory:
        file = pathlib.Path(directory, "corrected.cpp")
        file.write_text(together(sources), encoding="utf-8")
        right, output = compiler.compile(file, "-DCORRECTED", "-w")  # main in a namespace returns nothing
    if not right:
        print("these do not compile together: " + ", ".join(source.name for source in sources) + "\n" + output)
    return right


def corrected(compiler, sources):
    """What the compiler says of each of those that do not compile with what should have been written."""
    said = {}
    for _, group in itertools.groupby(sorted(sources, key=includes), key=includes):
        alone, others = [], []
        for source in group:
            (alone if any(directives(source, "FLAGS")) else others).append(source)
        if len(others) == 1 or others and not compile_together(compiler, others):
            alone += others
        for source in alone:
            # Under which macro does not matter to what should have been written.
            right, output = compiler.compile(source, *variants(source)[0], "-DCORRECTED")
            if not right:
                said[source] = output
    return said


def test(compiler, sources):
    good = True
    with tempfile.TemporaryDirectory() as directory:
        compiler.prepare(sources, directory)
        wrong_twins = corrected(compiler, sources)
        for source in sources:
            good = test_one(compiler, source, wrong_twins.get(source)) and good
    return good


def test_one(compiler, source, wrong_twin):
    found, longest, said = [], 0, ""
    for macro in variants(source):
        compiled, output = compiler.compile(source, *macro)
        wrong = list(complaints(source, output, compiled))
        longest = max(longest, rows(output))
        if wrong:
            found += [" ".join([*macro, complaint]) for complaint in wrong]
            said += output
    if wrong_twin is not None:
        found.append("the corrected twin does not compile:\n" + wrong_twin)
    print(f"{'not ok' if found else 'ok'}  {source.name}  ({longest} rows)")
    for complaint in found:
        print("  " + complaint)
    if found:
        print(said)
    return not found


def show(compiler, sources):
    for source in sources:
        for macro in variants(source):
            output = compiler.compile(source, *macro)[1]
            print(f"--- {' '.join([source.name, *macro])}, {compiler.command[0]}, {rows(output)} rows of {COLUMNS} columns")
            print("\n".join(wrapped(output)))
    return True


def part(sources, share):
    """Those of one share, `3/8`: beside one another stand those that begin alike, and each variant counts."""
    number, _, shares = share.partition("/")
    number, shares = int(number), int(shares)
    sources = sorted(sources, key=lambda source: (includes(source), source))
    ends = list(itertools.accumulate(len(variants(source)) for source in sources))
    return [source for source, end in zip(sources, ends) if (end - 1) * shares // ends[-1] == number - 1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    arguments.add_argument("--show", action="store_true", help="print the messages instead of testing them")
    arguments.add_argument("--part", metavar="N/M", help="of the files only those of one of M equal shares")
    arguments.add_argument("--precompile", metavar="DIRECTORY", help="put the parsed header there")
    arguments.add_argument("--precompiled", metavar="DIRECTORY", help="where the parsed header is")
    arguments.add_argument("files", nargs="*", type=pathlib.Path)
    given = arguments.parse_args()
    include = [part for directory in given.include for part in ("-isystem", directory)]
    if given.precompile:
        precompiled.make(given.compiler, [*STANDARD, *include], given.precompile)
    compiler = Compiler(given.compiler, include, given.precompiled or given.precompile)
    sources = [source.resolve() for source in given.files]
    if given.part:
        sources = part(sources, given.part)
    return 0 if (show if given.show else test)(compiler, sources) else 1


if __name__ == "__main__":
    sys.exit(main())
