#!/usr/bin/env python3
"""Follows every link, picture, style and script of the built site, and refuses what would be fetched from elsewhere:
check.py HTML BASE"""
import html.parser
import pathlib
import sys
import urllib.parse


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.links, self.fetched = set(), [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.names.update(given[key] for key in ("id", "name") if given.get(key))
        if tag == "a" and given.get("href") is not None:
            self.links.append(given["href"])
        if tag == "link" and given.get("href"):
            self.fetched.append(given["href"])
        if tag in ("img", "script", "iframe", "source") and given.get("src"):
            self.fetched.append(given["src"])


def main():
    root, base = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    pages, wrong, count = {}, [], 0
    for path in sorted(root.rglob("*.html")):
        pages[path] = page = Page()
        page.feed(path.read_text(encoding="utf-8"))
    for path, page in pages.items():
        if path.name == "404.html":
            continue
        for target in page.links + page.fetched:
            place = urllib.parse.urlsplit(target)
            if place.scheme or place.netloc:
                if target in page.fetched and place.scheme != "data":
                    wrong.append(f"{path.relative_to(root)}: fetches {target}")
                continue
            count += 1
            name = urllib.parse.unquote(place.path)
            if name.startswith(base):
                leads_to = root / name[len(base):]
            else:
                leads_to = path.parent / name if name else path
            leads_to = leads_to.resolve()
            if leads_to.is_dir():
                leads_to /= "index.html"
            if not leads_to.exists():
                wrong.append(f"{path.relative_to(root)}: {target} leads nowhere")
            elif place.fragment and leads_to in pages and urllib.parse.unquote(place.fragment) not in pages[leads_to].names:
                wrong.append(f"{path.relative_to(root)}: {target} leads to no such heading")
    for style in root.rglob("*.css"):
        if "url(http" in style.read_text(encoding="utf-8"):
            wrong.append(f"{style.relative_to(root)}: fetches from elsewhere")
    print("\n".join(wrong) or f"{root}: {len(pages)} pages, {count} links lead somewhere")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
