#!/usr/bin/env python3
"""Every public name stands in docs/reference, and every name there exists.

What is public is what tests/public_names.py says, which reads the headers with libclang; without it this ends with
status 77. Whether the texts are those of the headers is what scripts/reference --check says.
"""
import json
import pathlib
import re
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
REGION = re.compile(r"<!-- (?:names|members) of (\S+)(.*?)-->", re.DOTALL)
# Words in code that are nobody's name: of the language, of other libraries, and what examples call their own.
FOREIGN = re.compile(r"size_t|invalid_argument|u?int\d+_t|string_view|\w+_c|"
                     r"fno|ffast|num_batches_tracked|numeric_limits|static_assert|data_offsets|running_var")


def names(arguments=()):
    done = subprocess.run([sys.executable, PROJECT / "tests" / "public_names.py", "--json", *arguments],
                          stdout=subprocess.PIPE, check=False)
    if done.returncode == SKIPPED:
        sys.exit(SKIPPED)
    return json.loads(done.stdout) if done.returncode == 0 else sys.exit(done.returncode)


def last(name):
    return name.rpartition("::")[2]


def main():
    everything = names(["--all", *sys.argv[1:]])
    public = [e for e in everything if e.get("public", True)]
    known = {part for e in everything for part in e["name"].split("::")}
    known |= {last(m["name"]) for e in everything for m in e.get("members") or []}

    listed, spans, wrong = set(), [], []
    for page in sorted((PROJECT / "docs" / "reference").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for header, rows in REGION.findall(text):
            for row in filter(None, map(str.strip, rows.splitlines())):
                if row.startswith("@ "):
                    header = row[2:]
                    continue
                name = row.split(" => ")[0] if " => " in row else re.match(r"(?:\w+(?:::|\.))*(\w+)", row).group(1)
                listed.add((header, name))
        shown = re.sub(r"```.*?```", "", REGION.sub("", text), flags=re.DOTALL)
        spans += [(page.name, span) for span in re.findall(r"`([^`\n]+)`", shown)]

    words = {word for _, span in spans for word in re.findall(r"\w+", span)}
    for entry in public:
        if (entry["header"], last(entry["name"])) not in listed and last(entry["name"]) not in words:
            wrong.append(f"{entry['name']} ({entry['header']}) is not in docs/reference")
    for page, span in spans:
        code = re.sub(r'"[^"]*"|\w+\.hpp|#include.*|[\w/]+\.md', "", span)
        for word in re.findall(r"(?<![\w.-])[a-z]+(?:_[a-z0-9]+)+(?!\w)|(?<=nn::)\w+|(?<=cf::)\w+", code):
            if word not in known and not FOREIGN.fullmatch(word):
                wrong.append(f"docs/reference/{page}: there is no {word} (in `{span}`)")
    print("\n".join(sorted(set(wrong))) or f"{len(public)} public names, all in docs/reference")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
