"""Headers of the library, parsed once for many small compilations that begin with them.

What a compiler says of a file is the same with and without, but for the includes that led to a line; Precompiled.said
puts these back.
"""
import os
import pathlib
import re
import shlex
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = ("<chainfold/chainfold.hpp>",)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"][^>\"]*[>\"])", re.MULTILINE)
PREAMBLE = "preamble.hpp"
# g++ begins to collect garbage at 128 MB, of which the headers are half: it would do so in every small compilation.
GARBAGE = "--param=ggc-min-heapsize=1000000"


def leading(text):
    """The headers of the library that a source includes before any other: [(header, line)]."""
    found = []
    for include in INCLUDE.finditer(text):
        if not include[1].startswith("<chainfold/"):
            break
        found.append((include[1], text.count("\n", 0, include.start(1)) + 1))
    return found


def place_in(directory, headers):
    """Under the name of the first, so that g++ takes it for an include of that."""
    return pathlib.Path(directory, headers[0].strip("<>") + ".gch")


def make(compiler, flags, directory, headers=LIBRARY):
    """Precompiles the headers into the directory, with the flags that those will have who use them."""
    place, preamble = place_in(directory, headers), pathlib.Path(directory, PREAMBLE).resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    preamble.write_text("".join(f"#include {header}\n" for header in headers), encoding="utf-8")
    # g++ takes the parsed one for the first include only; for a second one there must be a header too.
    place.with_suffix("").write_text(f"#include_next {headers[0]}\n", encoding="utf-8")
    command = [*shlex.split(compiler), *flags, "-I", "include", "-x", "c++-header", preamble, "-o", place.resolve()]
    made = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode != 0:
        place.unlink(missing_ok=True)
        raise SystemExit(made.stdout.decode("utf-8", "replace"))


class Precompiled:
    """The headers in a directory where make(...) has put them; for a directory that is None, nothing."""

    def __init__(self, compiler, directory, headers=LIBRARY):
        self.headers = headers
        self.place = directory and place_in(directory, headers).resolve()
        self.preamble = directory and pathlib.Path(directory, PREAMBLE).resolve()
        self.is_clang = bool(self.place) and "clang" in subprocess.run(
            [*shlex.split(compiler), "--version"], stdout=subprocess.PIPE, encoding="utf-8").stdout
        if self.place and not self.place.exists():
            raise SystemExit(f"{self.place} is not there: make it first")

    def lines_of_includes(self, text):
        """The lines on which a source includes the headers before any other; none if it does not."""
        first = leading(text)[:len(self.headers)]
        return [line for _, line in first] if tuple(header for header, _ in first) == self.headers else []

    def flags(self, text):
        """What makes the compiler take them, for a source that begins with the headers."""
        if not self.place or not self.lines_of_includes(text):
            return []
        if self.is_clang:
            return ["-include-pch", str(self.place)]
        return ["-I", str(self.preamble.parent), GARBAGE]

    def said(self, output, text, name):
        """The output as it is without: paths as given, and the line that includes a header."""
        if not self.flags(text):
            return output
        preamble = str(self.preamble)
        if self.is_clang:
            output = output.replace(f"{PROJECT}{os.sep}", "")
            preamble = preamble.removeprefix(f"{PROJECT}{os.sep}")
        for line, in_source in enumerate(self.lines_of_includes(text), 1):
            place = rf"{re.escape(preamble)}:{line}"
            if self.is_clang:
                pattern = rf"^(In file included from ){re.escape(name)}:1:\nIn file included from {place}(?=:$)"
            else:
                pattern = rf"^((?:In file included| +) from ){place}(?=[:,]$)"
            output = re.sub(pattern, rf"\g<1>{name}:{in_source}", output, flags=re.MULTILINE)
        return output
