#!/usr/bin/env python3
"""Which headers may be compiled together, and still each as if it were alone.

    chains.py DIRECTORY HEADER...      writes translation units into the directory and prints their names

The first header of a translation unit finds nothing but what it includes.  So does a second one that itself includes
the first before its own first declaration: what came before is there for it anyway.  So headers are laid out in chains,
each of which includes the one before it, directly or through others, and a chain is one translation unit: its last
header has to be parsed in any case.  Of all such layouts this is one with the fewest headers at the ends of chains,
the largest ones within.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'\s*#\s*include\s*<(chainfold/[^>]+)>')


def included_first(text):
    """The library's headers that a header includes before it says anything of its own."""
    found = []
    for line in text.splitlines():
        if include := INCLUDE.match(line):
            found.append(include[1])
        elif line.strip() and not re.match(r"\s*(//|#\s*include|#\s*pragma once)", line):
            break
    return found


def closure(of, direct, known):
    """All that a header includes, directly or through others."""
    if of not in known:
        known[of] = set(direct[of]).union(*(closure(header, direct, known) for header in direct[of]))
    return known[of]


def followers(headers, within):
    """For each header that has one: the header that comes after it in its chain.

    A matching by augmenting paths.  Where those that include the most are asked first, they are the last to be left
    at the end of a chain.
    """
    before = {}

    def find(header, asked):
        for other in headers:
            if header in within[other] and other not in asked:
                asked.add(other)
                if other not in before or find(before[other], asked):
                    before[other] = header
                    return True
        return False

    for header in sorted(headers, key=lambda header: (-len(within[header]), header)):
        find(header, set())
    return {below: above for above, below in before.items()}


def main():
    sys.setrecursionlimit(10000)
    directory, headers = pathlib.Path(sys.argv[1]), {}
    for path in map(pathlib.Path, sys.argv[2:]):
        name = path.as_posix()
        headers[name[name.rindex("/include/") + len("/include/"):]] = included_first(path.read_text(encoding="utf-8"))
    direct = {header: [one for one in includes if one in headers] for header, includes in headers.items()}
    known = {}
    within = {header: closure(header, direct, known) for header in sorted(headers)}
    after = followers(sorted(headers), within)

    for first in sorted(set(headers) - set(after.values())):
        chain = [first]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        source = directory / (re.sub(r"\W", "_", chain[-1]) + ".cpp")
        text = "".join(f"#include <{header}>\n" for header in chain)
        if not source.exists() or source.read_text(encoding="utf-8") != text * 2:
            source.write_text(text * 2, encoding="utf-8")
        print(source)


if __name__ == "__main__":
    main()
