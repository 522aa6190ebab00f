#!/usr/bin/env python3
"""Each folder of include/chainfold includes itself and the folders below it, nothing above.

Also refuses includes that go in a circle and headers too long to be read at one sitting.

    layers.py [include directory]
"""
import pathlib
import re
import sys

# From the ground up. A folder may include any folder to its left.
FOLDERS = "shape math tensor graph operation expression transform program notation check nn storage solver report".split()
GROUND = "version.hpp"  # stands below all of them
LONGEST = 250  # lines

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<(chainfold/[^>]+)>|"([^"]+)")', re.MULTILINE)


def includes(header, root):
    """The library's own headers that this one includes, as paths below root."""
    for angle, quoted in INCLUDE.findall(header.read_text(encoding="utf-8")):
        beside = header.parent / quoted
        found = beside if quoted and beside.exists() else root / (angle or quoted)
        if angle or found.exists():
            yield found.resolve().relative_to(root)


def folder(path):
    """math for chainfold/math/exp.hpp; nothing for chainfold/chainfold.hpp, which stands above all."""
    return path.parts[1] if len(path.parts) > 2 else None


def circles(graph):
    """Every include that leads back to where it came from."""
    done, trail = set(), []

    def visit(path):
        if path in trail:
            yield trail[trail.index(path):] + [path]
        elif path not in done:
            trail.append(path)
            for below in graph.get(path, ()):
                yield from visit(below)
            trail.pop()
            done.add(path)

    for path in graph:
        yield from visit(path)


def complaints(root):
    graph = {}
    for header in sorted((root / "chainfold").rglob("*.hpp")):
        path = header.relative_to(root)
        lines = len(header.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            yield f"{path}: {lines} lines; {LONGEST} are the most"
        home = folder(path)
        if home and home not in FOLDERS:
            yield f"{path}: folder '{home}' has no place in the order ({' < '.join(FOLDERS)})"
            continue
        graph[path] = list(includes(header, root))
        for target in graph[path]:
            other = folder(target)
            if not (root / target).exists():
                yield f"{path}: includes {target}, which does not exist"
            elif home and other is None and target.name != GROUND:
                yield f"{path}: includes {target}, which stands above it"
            elif home and other in FOLDERS and FOLDERS.index(other) > FOLDERS.index(home):
                yield f"{path}: includes {target}, but '{other}' is above '{home}'"
    for circle in circles(graph):
        yield "a circle of includes: " + " -> ".join(map(str, circle))


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "include").resolve()
    if not (root / "chainfold").is_dir():
        sys.exit(f"layers.py: no folder {root}/chainfold")
    found = list(complaints(root))
    print("\n".join(found) or "every include points down")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
