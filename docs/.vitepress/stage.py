#!/usr/bin/env python3
"""Lays the pages of the tree out for VitePress: stage.py SITE

README.md is the front page, docs/ stands beside it, and so do the other pages of the project.  A link to a file that is
no page (an example, a header, a script) leads to where that file is shown.  The navigation follows from the folders:
SITE/pages holds the pages, SITE/navigation.json their titles in order.
"""
import json
import os
import pathlib
import re
import shutil
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "project"))
from links import CODE, FENCE, HEADING, HTML, LINK  # noqa: E402  what a link is, the tests know

# The groups of the navigation, in order: a title, and pages or folders of pages, which are read by name.
GROUPS = [
    ("Start", ["README.md", "docs/README.md", "docs/alternatives.md"]),
    ("The book", ["docs/book"]),
    ("How to", ["docs/how_to"]),
    ("Reference", ["docs/reference"]),
    ("More", ["docs/inside.md", "docs/solvers.md", "docs/real_runs.md", "docs/benchmarks"]),
    ("Design notes", ["docs/design"]),
    ("Project", ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]),
]
LARGEST = 100_000  # bytes of a file that is shown

MATHEMATICS = re.compile(r"\$\$[\s\S]+?\$\$|\$(?=\S)[^$\n]*?(?<=\S)\$")
# In prose, `<` begins one of these or is a sign, and braces are braces: to VitePress they would be a program.
SIGN = re.compile(r"<(?=/?[A-Za-z])(?!/?(?:a|b|br|code|details|em|i|img|kbd|p|picture|source|strong|sub|summary|sup)\b)"
                  r"(?!https?:)|\{(?=\{)")


def pages():
    """The pages of the site, as paths below ROOT."""
    found = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")]
    found += [path for path in (ROOT / "docs").rglob("*.md") if ".vitepress" not in path.parts]
    found += (ROOT / "examples").rglob("*.md")
    return {path.relative_to(ROOT).as_posix() for path in found if path.is_file()}


def place(page):
    """Where a page stands on the site."""
    path = pathlib.PurePosixPath(page)
    if page == "docs/README.md":
        return pathlib.PurePosixPath("contents.md")
    path = path.relative_to("docs") if path.parts[0] == "docs" else path
    return path.with_name("index.md") if path.name == "README.md" else path


def title(text, page):
    if page == "README.md":
        return "In short"
    heading = HEADING.search(FENCE.sub("", text))
    return re.sub(r"[`*]", "", heading.group(1)) if heading else pathlib.PurePosixPath(page).stem


class Site:
    def __init__(self, to):
        self.to, self.pages, self.shown = to, pages(), {}

    def show(self, target):
        """Where a file or a folder of the tree is shown: an example and a folder have a page, all else is text."""
        name = target.relative_to(ROOT).as_posix()
        if name not in self.shown:
            if target.is_dir():
                page = self.shown[name] = pathlib.PurePosixPath("source", name, "index.md")
                inside = sorted(path for path in target.iterdir() if not path.name.startswith((".", "__")))
                text = "\n".join(f"- [{path.name}]({self.link(page, path)})" for path in inside)
                self.write(page, f"---\noutline: false\nsearch: false\n---\n# {name}\n\n{text}\n")
            elif name.startswith("examples/") and target.suffix == ".cpp":
                page = self.shown[name] = pathlib.PurePosixPath("source", name + ".md")
                code = target.read_text(encoding="utf-8").rstrip()
                self.write(page, f"---\noutline: false\nsearch: false\n---\n# {name}\n\n````cpp\n{code}\n````\n")
            else:
                page = self.shown[name] = pathlib.PurePosixPath("source", name + ".txt")
                text = b"\xef\xbb\xbf" + target.read_bytes()  # so that browsers know it for UTF-8
                if target.stat().st_size > LARGEST or b"\0" in text:
                    text = f"{target.stat().st_size} bytes, which are not shown here.\n".encode()
                path = self.to / "public" / page
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text)
        return self.shown[name]

    def link(self, page, target):
        """From a place on the site to a file or folder of the tree."""
        name = target.relative_to(ROOT).as_posix()
        if target.is_dir() and name + "/README.md" in self.pages and not name.startswith("examples"):
            name += "/README.md"
        to = place(name) if name in self.pages else self.show(target)
        return os.path.relpath(to, page.parent)

    def write(self, page, text):
        path = self.to / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def stage(self, name):
        source, page = ROOT / name, place(name)

        def moved(target):
            if not target or re.match(r"[a-z][a-z0-9+.-]*:|#", target):
                return target
            path, mark, fragment = target.partition("#")
            leads_to = (source.parent / path).resolve()
            if leads_to.suffix in (".svg", ".png") and leads_to.is_file():
                copy = pathlib.PurePosixPath("pictures", leads_to.relative_to(ROOT).as_posix().replace("/", "_"))
                (self.to / copy).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(leads_to, self.to / copy)
                return "./" + os.path.relpath(copy, page.parent)
            return self.link(page, leads_to) + mark + fragment

        def replaced(match):
            begin, end = match.start(1) - match.start(), match.end(1) - match.start()
            return match.group()[:begin] + moved(match.group(1)) + match.group()[end:]

        def in_prose(text):
            """Links are changed, code is not."""
            kept = []

            def keep(match):
                kept.append(match.group())
                return f"\0{len(kept) - 1}\0"

            for pattern in (CODE, MATHEMATICS):
                text = pattern.sub(keep, text)
            text = SIGN.sub(lambda match: "&lt;" if match.group() == "<" else "&#123;", text)
            for pattern in (LINK, HTML):
                text = pattern.sub(replaced, text)
            while "\0" in text:
                text = re.sub(r"\0(\d+)\0", lambda m: kept[int(m.group(1))], text)
            return text

        def plain(fence):
            """A block with its language alone, as what else stands there is for the tests, and from the left margin."""
            fence = re.sub(r"\A( *`{3,}\S*)[^\n]*", r"\1", fence)
            if fence.startswith("`") and fence.count("\n") > 1:
                head, body = fence.split("\n", 1)
                body, last = body.rsplit("\n", 1)
                fence = head + "\n" + textwrap.dedent(body) + "\n" + last
            return fence

        text, staged, read = source.read_text(encoding="utf-8"), "", 0
        for fence in FENCE.finditer(text):
            staged += in_prose(text[read:fence.start()]) + plain(fence.group())
            read = fence.end()
        staged += in_prose(text[read:])
        self.write(page, staged)
        return title(text, name)

    def navigation(self, titles):
        def entry(name):
            return {"text": titles[name], "link": "/" + re.sub(r"(index)?\.md$", "", place(name).as_posix())}

        groups, left = [], set(titles)
        for group, members in GROUPS:
            names = []
            for member in members:
                inside = sorted(name for name in titles if name == member or name.startswith(member + "/"))
                names += sorted(inside, key=lambda name: not name.endswith("README.md"))
            left -= set(names)
            if names:
                groups.append({"text": group, "items": [entry(name) for name in names]})
        others = sorted(name for name in left if not name.startswith("examples/"))
        if others:
            groups.append({"text": "Other", "items": [entry(name) for name in others]})
        return groups


def main():
    to = pathlib.Path(sys.argv[1]).resolve()
    site = Site(to / "pages")
    shutil.copytree(ROOT / "docs/.vitepress/public", to / "pages/public", dirs_exist_ok=True)
    titles = {name: site.stage(name) for name in sorted(site.pages)}
    version = re.search(r'version = "([^"]+)"', (ROOT / "include/chainfold/version.hpp").read_text(encoding="utf-8")).group(1)
    navigation = {"version": version, "groups": site.navigation(titles)}
    (to / "navigation.json").write_text(json.dumps(navigation, indent=2, ensure_ascii=False), encoding="utf-8")
    print(f"{len(titles)} pages, and {len(site.shown)} files that they lead to")


if __name__ == "__main__":
    main()
