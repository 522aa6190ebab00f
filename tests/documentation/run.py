#!/usr/bin/env python3
"""What the pages show is compiled and run: every ```cpp block of README.md and docs/**/*.md.

    ```cpp                     a program if it has a main; otherwise a fragment, which is given the library's
                               header, `namespace cf`, the literals, and a main that holds everything from its
                               first statement on
    ```cpp continue            the declarations of the blocks before it come first: back to the last block of
                               declarations that does not itself continue, passing over programs and blocks
                               with statements
    ```cpp from="FILE"         a part of a file, or all of it, word for word; the file is a program of the project,
                               built here or elsewhere (--examples).  Also of other languages, which are not run
    ```cpp alone               in a program of its own (others share one with those that include the same headers)
    ```cpp flags="-Os"         the same, compiled with these flags besides
    ```cpp error="sentence"    must not compile: one error, which says so, as in tests/messages
    ```text                    directly after a block: exactly what it prints; after one from a file, a part of
                               that; after an error, lines that the compiler writes
    ```text g++                the same of one compiler: g++ or clang

All programs of a page run in one folder, and may read and include what those before them wrote.
A sketch that is not to be compiled is fenced ```c++.

    run.py [--compiler g++] [--examples FOLDER] [--list] PAGE...
    run.py [--compiler g++] --precompile DIRECTORY    parse the library's header once, for all that follow with
    run.py ... --precompiled DIRECTORY ...            the directory where it stands
"""
import argparse
import importlib.util
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import pages

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests" / "support"))
import precompiled  # noqa: E402

STANDARD = ["-std=c++20", "-O0"]
SPEC = importlib.util.spec_from_file_location("messages", PROJECT / "tests" / "messages" / "run.py")
messages = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(messages)


def stripped(text):
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def run(command, directory):
    return subprocess.run(command, cwd=directory, env={**os.environ, "LC_ALL": "C"}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")


class Tester:
    def __init__(self, compiler, include, examples, header=None):
        self.compiler, self.include, self.examples = compiler, include, examples
        self.header = precompiled.Precompiled(compiler, header)
        self.mistakes = messages.Compiler(compiler, include, None)
        version = run([*shlex.split(compiler), "--version"], PROJECT).stdout
        self.family = "clang" if "clang" in version else "g++"

    def compile(self, text, directory, flags=""):
        """What the compiler complains of; nothing if there is a program now."""
        pathlib.Path(directory, "block.cpp").write_text(text, encoding="utf-8")
        header = [] if flags else self.header.flags(text)
        done = run([*shlex.split(self.compiler), *STANDARD, "-fdiagnostics-color=never", *header, "-I", "include",
                    *self.include, *shlex.split(flags), f"{directory}/block.cpp", "-o", f"{directory}/block"], PROJECT)
        return "" if done.returncode == 0 else f"does not compile\n{done.stdout}"

    def promised(self, block):
        return [text for info, text in block.outputs if info in ("", self.family)]

    def judge(self, block, command, directory, is_part=False):
        """What is wrong with what a program does; nothing if all is well."""
        done = run(command, directory)
        if done.returncode != 0:
            return f"ends with status {done.returncode}\n{done.stdout}"
        printed = stripped(done.stdout)
        for text in map(stripped, self.promised(block)):
            if not (text and f"\n{text}\n" in f"\n{printed}\n" if is_part else text == printed):
                return f"prints\n{printed}\n--- instead of\n{text}"
        return ""

    def complaints(self, page, found):
        """(block, what is wrong with it) for all blocks of a page."""
        for index, block in enumerate(found):
            if block.error:
                yield block, self.error_complaint(pages.source(page, found[:index], block), block)
            elif block.origin:
                yield block, self.origin_complaint(block)
        with tempfile.TemporaryDirectory() as directory:
            for program in pages.programs(page, found):
                together = len(program.blocks) > 1 and not self.compile(program.text(), directory)
                for index, block in enumerate(program.blocks):
                    wrong = ""
                    if not together:  # alone, or one of them does not compile: which one?
                        text = pages.source(page, found[:found.index(block)], block)
                        wrong = self.compile(text, directory, block.flags)
                    yield block, wrong or self.judge(block, [f"{directory}/block", *([str(index)] * together)], directory)

    def error_complaint(self, text, block):
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory, "block.cpp")
            file.write_text(f"// EXPECT: {block.error}\n{text}", encoding="utf-8")
            compiled, said = self.mistakes.compile(file)
            wrong = list(messages.complaints(file, said, compiled))
        if not compiled and block.error not in next((line for line in said.splitlines() if "error:" in line), ""):
            wrong.append(f"the first error does not say: {block.error}")
        for shown in "".join(self.promised(block)).splitlines():
            # A place in the reader's file is another one than in ours.
            if re.sub(r"^[\w./-]+:\d+:\d+:\s*", "", shown.strip()) not in said:
                wrong.append(f"the compiler does not write: {shown}")
        return "\n".join([*wrong, said]) if wrong else ""

    def origin_complaint(self, block):
        file = PROJECT / block.origin
        if not file.is_file():
            return f"there is no {block.origin}"
        if f"\n{stripped(block.text)}\n" not in f"\n{stripped(file.read_text(encoding='utf-8'))}\n":
            return f"is no part of {block.origin}"
        if file.suffix != ".cpp" or not self.promised(block):
            return ""
        with tempfile.TemporaryDirectory() as directory:
            os.symlink(PROJECT / "examples", pathlib.Path(directory, "examples"))  # programs look for their data there
            binary = self.examples / file.stem if self.examples else None
            if not (binary and binary.is_file()):
                binary = pathlib.Path(directory, "block")
                wrong = self.compile(f'#include "{file}"\n', directory)
                if wrong:
                    return wrong
            return self.judge(block, [str(binary)], directory, is_part=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    arguments.add_argument("--examples", type=pathlib.Path, help="where the examples have been built")
    arguments.add_argument("--list", action="store_true", help="print the programs instead of running them")
    arguments.add_argument("--precompile", metavar="DIRECTORY", help="put the parsed header there")
    arguments.add_argument("--precompiled", metavar="DIRECTORY", help="where the parsed header is")
    arguments.add_argument("pages", nargs="*", type=pathlib.Path)
    given = arguments.parse_args()
    include = [part for directory in given.include for part in ("-isystem", directory)]
    if given.precompile:
        precompiled.make(given.compiler, [*STANDARD, *include], given.precompile)
    tester = Tester(given.compiler, include, given.examples and given.examples.resolve(),
                    given.precompiled or given.precompile)
    failed = 0
    for page in (path.resolve() for path in given.pages):
        name = os.path.relpath(page, PROJECT)
        found = pages.blocks(page)
        if given.list:
            for index, block in enumerate(found):
                print(f"// ---- {name}:{block.line}\n{pages.source(name, found[:index], block)}")
            continue
        for block, wrong in tester.complaints(name, found):
            print(f"not ok  {name}:{block.line}  {wrong}" if wrong else f"ok  {name}:{block.line}", flush=True)
            failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
