#!/usr/bin/env python3
"""What the pages show is compiled and run: every ```cpp block of README.md and docs/**/*.md.

    ```cpp                     a program if it has a main; otherwise a fragment, which is given the library's
                               header, `namespace cf`, the literals, and a main that holds everything from its
                               first statement on
    ```cpp continue            the declarations of the blocks before it come first: back to the last block of
                               declarations that does not itself continue, passing over programs and blocks
                               with statements
    ```cpp error="sentence"    must not compile, and the first error must say so
    ```cpp flags="-Os"         is compiled with these flags besides
    ```cpp from="a/file.cpp"   is not compiled here, but stands in that file, which has a test of its own; a line
                               of … stands for lines left out
    ```text                    directly after a block: exactly what it prints
    ```text output="a/b.cpp"   exactly what that program prints

The programs of a page run in one folder, one after another, and may read and include what those before them wrote.
A sketch that is not to be compiled is fenced ```c++.

    run.py [--compiler g++] [--list] PAGE...
"""
import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]

FENCE = re.compile(r"^( *)(`{3,})[ ]*(.*?)\s*$")
LANGUAGE = re.compile(r"^(\S*)\s*(.*)$")
MAIN = re.compile(r"^\s*(?:auto|int)\s+main\s*\(", re.MULTILINE)

# Enough of C++ to find where one thing at the top level ends and the next begins.
TOKEN = re.compile(r"""^[ \t]*\#[^\n]* | //[^\n]* | /\*[\s\S]*?\*/      # a directive, a comment
                       | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])'        # a string, a character
                       | [\s\S]                                          # anything else, letter by letter
                       """, re.MULTILINE | re.VERBOSE)
# What may stand outside a function: a keyword that begins a declaration, or a type followed by a name.
STATEMENT = r"(?:if|else|for|while|do|switch|try|return|throw|delete)\b"
TYPE = r"[\w:]+(?:\s*<(?!<)[^;=(]*>)?(?:::\w+)?"
NAMED = rf"{TYPE}\s*[&*]*\s+[&*]*[A-Za-z_\[]"
DECLARATION = re.compile(rf"(?!{STATEMENT})(?:static_assert\b|template\b|\[\[|{NAMED})")

PRELUDE = """\
#include <chainfold/chainfold.hpp>
#include <array>
#include <iostream>
#include <span>
#include <vector>
namespace cf = chainfold;
using namespace chainfold::literals;
"""


class Block:
    def __init__(self, line, info, text):
        self.line, self.text = line, text
        self.continues = bool(re.search(r"\bcontinue\b", re.sub(r'"[^"]*"', "", info)))
        options = dict(re.findall(r'(\w+)="([^"]*)"', info))
        self.error, self.origin = options.get("error"), options.get("from")
        self.flags = options.get("flags", "")
        self.output = None
        self.program = bool(MAIN.search(text))
        self.split = len(text) if self.program else first_statement(text)

    def declares_only(self):
        return not (self.program or self.error or self.origin) and not self.text[self.split:].strip()


def first_statement(text):
    """Where the first thing begins that has to stand inside a function; the end, if there is none."""
    depth, begin = 0, None
    for token in TOKEN.finditer(text):
        piece = token.group()
        if piece.isspace() or piece.lstrip().startswith(("//", "/*", "#")):
            continue
        if begin is None:
            begin = token.start()
            if piece != ";" and not DECLARATION.match(text, begin):
                return begin
        if piece in "({[":
            depth += 1
        elif piece in ")}]":
            depth -= 1
        line_ends = re.match(r"[ \t]*(//.*)?(\n|$)", text[token.end():])
        if depth == 0 and (piece == ";" or piece == "}" and line_ends):
            begin = None
    return len(text)


def blocks(page):
    """The cpp blocks of a page, each with the output that is promised directly after it."""
    found, fence, last = [], None, None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        match = FENCE.match(line)
        if fence is None:
            if match:
                fence = (number, len(match.group(1)), match.group(2), match.group(3), [])
            elif line.strip():
                last = None  # prose between a block and a text: the text is not its output
            continue
        start, indent, ticks, info, lines = fence
        if not (match and match.group(2) == ticks and not match.group(3)):
            lines.append(line[min(indent, len(line) - len(line.lstrip(" "))):])
            continue
        fence = None
        language, rest = LANGUAGE.match(info).groups()
        text = "\n".join(lines) + "\n"
        if language == "cpp":
            last = Block(start + 1, rest, text)
            found.append(last)
        else:
            printed_by = re.search(r'output="([^"]*)"', rest)
            if printed_by:
                last = Block(start + 1, "", (PROJECT / printed_by.group(1)).read_text(encoding="utf-8"))
                found.append(last)
            if language == "text" and last:
                last.output = text
            last = None
    if fence:
        raise SystemExit(f"{page}:{fence[0]}: this fence is never closed")
    return found


def context(before):
    """The blocks whose declarations a block that continues builds on."""
    for index in reversed(range(len(before))):
        if before[index].declares_only() and not before[index].continues:
            return [block for block in before[index:] if block.declares_only()]
    return [block for block in before if block.declares_only()]


def source(page, before, block):
    """The program for one block, with lines numbered as on the page."""
    def at(line, text):
        return f'#line {line} "{page}"\n{text}'

    parts = [] if block.program and not block.continues else [PRELUDE]
    if block.continues:
        parts += [at(earlier.line, earlier.text) for earlier in context(before)]
    declarations, statements = block.text[:block.split], block.text[block.split:]
    parts.append(at(block.line, declarations))
    if not block.program:
        inside = at(block.line + declarations.count("\n"), statements) if statements else ""
        parts.append(f"\nint main() {{\n{inside}}}\n")
    return "".join(parts)


def stripped(text):
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def astray(block):
    """What of a block does not stand in the file that it is said to be from; empty if all does."""
    def flat(text):
        return "\n".join(line.strip() for line in text.splitlines())

    origin = flat((PROJECT / block.origin).read_text(encoding="utf-8"))
    reached = 0
    for part in re.split(r"^ *(?://)? *…\n", block.text, flags=re.MULTILINE):
        found = origin.find(flat(part), reached)
        if found < 0:
            return f"{block.origin} does not hold, or not in this order,\n{part}"
        reached = found + len(flat(part))
    return ""


def complaint(command, block, program, directory):
    """What is wrong with one block; empty if nothing is."""
    if block.origin:
        return astray(block)
    code, binary = pathlib.Path(directory, "block.cpp"), pathlib.Path(directory, "block")
    code.write_text(program, encoding="utf-8")
    output = ["-fsyntax-only"] if block.error else ["-o", str(binary)]
    text = {"encoding": "utf-8", "errors": "replace"}
    compiled = subprocess.run([*command, *output], cwd=PROJECT, env={**os.environ, "LC_ALL": "C"},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **text)
    if block.error:
        if compiled.returncode == 0:
            return "compiles, but should not"
        first = next((line for line in compiled.stdout.splitlines() if "error:" in line), "")
        return "" if block.error in first else f"the first error does not say '{block.error}'\n{compiled.stdout}"
    if compiled.returncode != 0:
        return f"does not compile\n{compiled.stdout}"
    run = subprocess.run([str(binary)], cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         **text)
    if run.returncode != 0:
        return f"ends with status {run.returncode}\n{run.stdout}"
    if block.output is not None and stripped(run.stdout) != stripped(block.output):
        return f"prints\n{run.stdout}--- instead of\n{block.output}"
    return ""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    arguments.add_argument("--list", action="store_true", help="print the programs instead of running them")
    arguments.add_argument("pages", nargs="+", type=pathlib.Path)
    given = arguments.parse_args()
    include = [part for directory in given.include for part in ("-isystem", directory)]
    failed = 0
    for page in (path.resolve() for path in given.pages):
        name = os.path.relpath(page, PROJECT)
        found = blocks(page)
        with tempfile.TemporaryDirectory() as directory:
            for index, block in enumerate(found):
                program = source(name, found[:index], block)
                if given.list:
                    print(f"// ---- {name}:{block.line}\n{program}")
                    continue
                command = [*shlex.split(given.compiler), "-std=c++20", "-O1", "-fdiagnostics-color=never",
                           "-I", "include", *include, *shlex.split(block.flags), f"{directory}/block.cpp"]
                wrong = complaint(command, block, program, directory)
                print(f"not ok  {name}:{block.line}  {wrong}" if wrong else f"ok  {name}:{block.line}", flush=True)
                failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
