#!/usr/bin/env python3
"""The papers of the project say what version.hpp says, and are of the form that their readers expect.

    papers.py FOLDER
"""
import datetime
import json
import pathlib
import re
import sys

# Citation File Format 1.2.0: the keys of a work, and those that must be there.
CITATION_KEYS = set("""abstract authors cff-version commit contact date-released doi identifiers keywords license license-url
message preferred-citation references repository repository-artifact repository-code title type url version""".split())
CITATION_NEEDS = {"authors", "cff-version", "message", "title"}
CHANGES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
# vcpkg.json: the keys of a manifest that a port without features may have.
MANIFEST_KEYS = set("""$schema name version version-semver version-string version-date port-version maintainers summary
description homepage documentation license dependencies supports""".split())


def check(right, sentence):
    if not right:
        sys.exit(sentence)


def citation(text):
    """The plain values of CITATION.cff, and its keys."""
    return {key: value.strip().strip('"') for key, value in re.findall(r"^([\w-]+):(.*)$", text, re.MULTILINE)}


def main():
    root = pathlib.Path(sys.argv[1])

    def read(name):
        return (root / name).read_text(encoding="utf-8")

    version = re.search(r'version = "(\d+\.\d+\.\d+)"', read("include/chainfold/version.hpp")).group(1)

    changes = read("CHANGELOG.md")
    latest = re.search(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", changes, re.MULTILINE)
    check(latest, "CHANGELOG.md: no heading of the form ## [1.2.3] - 2026-01-31")
    check(latest.group(1) == version, f"CHANGELOG.md ends with {latest.group(1)}, version.hpp says {version}")
    datetime.date.fromisoformat(latest.group(2))
    kinds = set(re.findall(r"^### (.*)$", changes, re.MULTILINE))
    check(kinds <= CHANGES, f"CHANGELOG.md: {kinds - CHANGES} are no kinds of changes")

    cited = citation(read("CITATION.cff"))
    check(set(cited) <= CITATION_KEYS, f"CITATION.cff: unknown keys {set(cited) - CITATION_KEYS}")
    check(CITATION_NEEDS <= set(cited), f"CITATION.cff: without {CITATION_NEEDS - set(cited)}")
    check(cited["version"] == version, f"CITATION.cff says {cited['version']}, version.hpp {version}")
    check(cited["date-released"] == latest.group(2), "CITATION.cff and CHANGELOG.md have different dates")
    check(cited["cff-version"] == "1.2.0" and cited["type"] == "software" and cited["license"] == "BSL-1.0", "CITATION.cff")

    manifest = json.loads(read("cmake/packaging/vcpkg/chainfold/vcpkg.json"))
    check(set(manifest) <= MANIFEST_KEYS, f"vcpkg.json: unknown keys {set(manifest) - MANIFEST_KEYS}")
    check(manifest["version-semver"] == version, f"vcpkg.json says {manifest['version-semver']}, version.hpp {version}")
    check(manifest["license"] == "BSL-1.0" and manifest["name"] == "chainfold", "vcpkg.json: name or licence")
    for needed in manifest["dependencies"]:
        name = needed if isinstance(needed, str) else needed["name"]
        check(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), f"vcpkg.json: {name} is no name of a port")
        check(isinstance(needed, str) or set(needed) <= {"name", "host", "features", "platform", "version>="}, "vcpkg.json")

    json.loads(read("CMakePresets.json"))
    print(f"all papers say {version}")


if __name__ == "__main__":
    main()
