#!/usr/bin/env python3
"""Every link and picture of every page leads to a file of the tree, and to a heading that is there.

What lies elsewhere (https:) is listed with --list and not asked for: a test needs no network.

    links.py [--list] [FOLDER]
"""
import pathlib
import re
import sys
import urllib.parse

FENCE = re.compile(r"^ *(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\1`*\s*$", re.MULTILINE)
CODE = re.compile(r"(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)")
LINK = re.compile(r"\]\(\s*<?([^()<>\s]*(?:\([^()\s]*\)[^()<>\s]*)*)>?(?:\s+[\"'][^)]*[\"'])?\s*\)")
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE)
HTML = re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)=[\"']([^\"']+)[\"']")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
ANCHOR = re.compile(r"<[^>]*\b(?:id|name)=[\"']([^\"']+)[\"']")
SKIPPED = {"build", "node_modules", ".git"}


def blank(match):
    """As many lines of nothing, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", match.group())


def pages(root):
    for path in sorted(root.rglob("*.md")):
        parts = path.relative_to(root).parts
        if not any(part in SKIPPED or part.startswith("build") for part in parts[:-1]):
            yield path


def slug(heading):
    """The name of a heading as GitHub and other sites make it."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"[`*]|<[^>]+>", "", text).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(path):
    text = FENCE.sub(blank, path.read_text(encoding="utf-8"))
    found, seen = set(ANCHOR.findall(text)), {}
    for heading in HEADING.findall(text):
        name = slug(heading)
        count = seen[name] = seen.get(name, -1) + 1
        found.add(f"{name}-{count}" if count else name)
    return found


def links(path):
    """(line, target) of every link of a page, code left out."""
    text = CODE.sub(blank, FENCE.sub(blank, path.read_text(encoding="utf-8")))
    for pattern in (LINK, REFERENCE, HTML):
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, match.group(1)


def complaint(root, page, target):
    """What is wrong with a link; empty if nothing is."""
    path, _, fragment = urllib.parse.unquote(target).partition("#")
    if path.startswith("/"):
        return "begins at the root, which is another one on a site"
    leads_to = (page.parent / path).resolve() if path else page
    if not leads_to.is_relative_to(root):
        return "leads out of the tree"
    if not leads_to.exists():
        return "leads nowhere"
    if fragment and leads_to.suffix == ".md" and fragment not in anchors(leads_to):
        return "leads to no heading of that page"
    return ""


def main():
    listing = "--list" in sys.argv
    root = pathlib.Path(next((a for a in sys.argv[1:] if not a.startswith("-")), ".")).resolve()
    count, wrong = 0, []
    for page in pages(root):
        for line, target in links(page):
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                if listing:
                    print(f"{page.relative_to(root)}:{line}: {target}")
                continue
            count += 1
            if said := complaint(root, page, target):
                wrong.append(f"{page.relative_to(root)}:{line}: {target} {said}")
    print("\n".join(wrong) or f"{count} links lead somewhere")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
