#!/usr/bin/env python3
"""Does what CONTRIBUTING.md says, word for word, in a copy of the tree.

A block of C++ is preceded by a paragraph whose last sentence says where it goes:

    A new file, `PATH`:
    In `PATH`, below `LINE`:
    In `PATH`, in place of `TEXT`:
    In `PATH`, at the end of the namespace:

A block of sh is run, and must succeed; with fails="sentence" it must fail, and say so.

    run.py --compiler g++ [--include DIRECTORY] WORK
"""
import argparse
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PAGE = PROJECT / "CONTRIBUTING.md"

FENCE = re.compile(r"^```(\S+)[ ]*(.*)\n([\s\S]*?)^```$", re.MULTILINE)
PLACE = re.compile(r"A new file, `(?P<new>[^`]+)`:$|"
                   r"In `(?P<path>[^`]+)`, (?:below `(?P<line>[^`]+)`|in place of `(?P<text>[^`]+)`|(?P<end>at the end of the "
                   r"namespace)):$")


def once(text, part, where):
    if text.count(part) != 1:
        sys.exit(f"CONTRIBUTING.md: '{part}' stands {text.count(part)} times in {where}")
    return text.index(part)


def put(tree, paragraph, code):
    """Puts a block where the paragraph above it says."""
    place = PLACE.search(paragraph)
    if not place:
        sys.exit(f"CONTRIBUTING.md: nobody says where this goes:\n{paragraph}\n{code}")
    path = tree / (place["new"] or place["path"])
    if place["new"]:
        if path.exists():
            sys.exit(f"CONTRIBUTING.md: {place['new']} is there already")
        path.write_text(code, encoding="utf-8")
        return path
    text = path.read_text(encoding="utf-8")
    if place["line"]:
        at = once(text, place["line"] + "\n", path) + len(place["line"]) + 1
        text = text[:at] + code + text[at:]
    elif place["text"]:
        at = once(text, place["text"], path)
        text = text[:at] + code.rstrip("\n") + text[at + len(place["text"]):]
    else:
        at = text.rindex("\n}  // namespace")
        text = text[:at] + "\n" + code + text[at:]
    path.write_text(text, encoding="utf-8")
    return path


def run(tree, command, fails, given):
    """Runs a line of the page with the compiler that is tested."""
    words = [given.python if word == "python3" else given.compiler if word == "g++" else word
             for word in shlex.split(command)]
    for directory in given.include:
        if words[0] == given.compiler:
            words += ["-isystem", directory]
        elif given.compiler in words:
            words += ["--include", directory]
    done = subprocess.run(words, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                          errors="replace")
    said = re.search(r'fails="([^"]*)"', fails)
    if said and (done.returncode == 0 or said.group(1) not in done.stdout):
        sys.exit(f"should fail with '{said.group(1)}': {command}\n{done.stdout}")
    if not said and done.returncode != 0:
        sys.exit(f"fails: {command}\n{done.stdout}")
    print(f"ok  {command}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default="g++")
    arguments.add_argument("--include", action="append", default=[], help="one more include directory")
    arguments.add_argument("work", type=pathlib.Path)
    given = arguments.parse_args()
    given.python = sys.executable

    tree = given.work / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    for part in ("include", "tests/laws", "tests/messages", "tests/support"):
        shutil.copytree(PROJECT / part, tree / part)
    shutil.copy(PROJECT / "tests/layers.py", tree / "tests/layers.py")

    page, read = PAGE.read_text(encoding="utf-8"), 0
    for fence in FENCE.finditer(page):
        language, info, text = fence.groups()
        paragraph = " ".join(page[read:fence.start()].rstrip().rpartition("\n\n")[2].split())
        read = fence.end()
        if language == "c++":
            print(f"ok  {put(tree, paragraph, text).relative_to(tree)}", flush=True)
        elif language == "sh":
            for line in text.splitlines():
                run(tree, line, info, given)
    run(tree, "python3 tests/layers.py include", "", given)


if __name__ == "__main__":
    main()
