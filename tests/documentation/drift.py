#!/usr/bin/env python3
"""A page that drifts must fail: each block of the page below is wrong in one way, or right, and run.py must tell which.

    drift.py [--compiler g++]
"""
import argparse
import pathlib
import sys
import tempfile

import pages
import run

PAGE = r'''
The output is another one.
```cpp
#include <cstdio>
int main() { std::puts("one"); }
```
```text
two
```
The output is right, and so is that of the block that shares a program with it.
```cpp
#include <cstdio>
int main() { std::puts("one"); }
```
```text
one
```
```cpp
int main() { return 3; }
```
```cpp
int main() { puts("one"); }
```
```cpp error="no such number"
int main() { static_assert(1 == 2, "no such number"); }
```
```cpp error="no such number"
int main() { static_assert(1 == 2, "another"); }
```
```cpp error="no such number"
int main() { static_assert(1 == 2, "no such number"); static_assert(1 == 3, "and more"); }
```
```cpp error="no such number"
int main() {}
```
```cpp error="no such number"
int main() { static_assert(1 == 2, "no such number"); }
```
```text
error: something else
```
```cpp from="LICENSE"
Boost Software License - Version 1.0 - August 17th, 2003
```
```cpp from="LICENSE"
Software License - Version 1.0
```
'''
# What is said of each block; of one that is right, nothing.
EXPECTED = ["prints", "", "ends with status 3", "does not compile", "", "no error says", "2 errors",
            "compiles, but should not", "the compiler does not write", "", "is no part of"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default="g++")
    tester = run.Tester(arguments.parse_args().compiler, [], None)
    with tempfile.TemporaryDirectory() as directory:
        page = pathlib.Path(directory, "page.md")
        page.write_text(PAGE, encoding="utf-8")
        found = pages.blocks(page)
        said = {block.line: wrong for block, wrong in tester.complaints("page.md", found)}
    good = len(found) == len(EXPECTED)
    for block, expected in zip(found, EXPECTED):
        right = expected in said[block.line] if expected else not said[block.line]
        good = good and right
        if not right:
            print(f"line {block.line}: expected '{expected}', found '{said[block.line]}'")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
