"""The library's header, parsed once for many small compilations that begin with it.

What a compiler says of a file is the same with and without, but for the includes that led to a line; Precompiled.said
puts these back.
"""
import os
import pathlib
import re
import shlex
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parents[2]
HEADER = "include/chainfold/chainfold.hpp"
FIRST_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"][^>\"]*[>\"])", re.MULTILINE)


def make(compiler, flags, directory):
    """Precompiles the header into the directory, with the flags that those will have who use it."""
    place = pathlib.Path(directory, "chainfold/chainfold.hpp.gch")
    place.parent.mkdir(parents=True, exist_ok=True)
    # g++ takes the parsed one for the first include only; for a second one there must be a header too.
    place.with_suffix("").write_text("#include_next <chainfold/chainfold.hpp>\n", encoding="utf-8")
    made = subprocess.run([*shlex.split(compiler), *flags, "-I", "include", "-x", "c++-header", HEADER, "-o", place],
                          cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode != 0:
        place.unlink(missing_ok=True)
        raise SystemExit(made.stdout.decode("utf-8", "replace"))


class Precompiled:
    """The header in a directory where make(...) has put it; for a directory that is None, nothing."""

    def __init__(self, compiler, directory):
        self.place = directory and pathlib.Path(directory, "chainfold/chainfold.hpp.gch").resolve()
        self.is_clang = bool(self.place) and "clang" in subprocess.run(
            [*shlex.split(compiler), "--version"], stdout=subprocess.PIPE, encoding="utf-8").stdout
        if self.place and not self.place.exists():
            raise SystemExit(f"{self.place} is not there: make it first")

    @staticmethod
    def line_of_include(text):
        """The line on which a source includes the header before any other; 0 if it does not."""
        first = FIRST_INCLUDE.search(text)
        return text.count("\n", 0, first.start(1)) + 1 if first and first[1] == "<chainfold/chainfold.hpp>" else 0

    def flags(self, text):
        """What makes the compiler take it, for a source that begins with the header."""
        if not self.place or not self.line_of_include(text):
            return []
        return ["-include-pch", str(self.place)] if self.is_clang else ["-I", str(self.place.parents[1])]

    def said(self, output, text, name):
        """The output as it is without: paths as given, and the line that includes the header."""
        if not self.flags(text):
            return output
        line = self.line_of_include(text)
        if self.is_clang:
            output = output.replace(f"{PROJECT}{os.sep}", "")
            return re.sub(rf"^(In file included from {re.escape(name)}:)1:$", rf"\g<1>{line}:", output, flags=re.MULTILINE)
        return re.sub(rf"^((?:In file included| +) from {re.escape(HEADER)}:\d+):$",
                      rf"\1,\n{'from':>21} {name}:{line}:", output, flags=re.MULTILINE)
