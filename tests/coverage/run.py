#!/usr/bin/env python3
"""Line and branch coverage of include/ by the tests: what runs at run time.

    run.py [--build build/coverage] [--report docs/coverage.md] [--show FOLDER-OR-HEADER] [--measured]

Builds the test programs and the examples with Clang at -O0 and its source-based coverage, runs them, and adds up.
--show prints the lines and branches that never ran; --measured reads what was measured before.

What counts.  A line or a condition counts once, however many instantiations of a template it has, and is covered if it
ran in one of them.  A line counts if it holds a word or a number, in a function that counts; it is covered if a
statement that begins in it ran.  Every condition that is not a constant of its instantiation has two branches, true
and false.  (llvm-cov's own summary takes the best instantiation instead of all together.)  Clang does not count the
ways that only an exception takes, so that nothing has to be left out for them.

Constant evaluation leaves no trace.  So a function counts if some test program holds code for it, whether that ran or
not, and also without code if it is neither constexpr nor a template.  What does not count is a constexpr function that
is never used at run time.  Fails below the bars.
"""
import argparse
import collections
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = PROJECT / "include/chainfold"
LINES, BRANCHES = 97, 90
# Targets that are built, and tests that are run.  Others repeat code with other flags, do not run, or are not in this tree.
TARGETS = re.compile(r"(test_(?!headers|flags_)\w+|interchange_write|\d\d_(?!xor_in_the_compiler)\w+): phony")
LEFT_OUT = re.compile(r"flags\.|acceptance\.|headers|install|constexpr_steps|fuzz|example\.04|example\.picture")
CODE, GAP, BRANCH = 0, 3, 4


def tool(name):
    return name + "-19"


def call(*command, **more):
    return subprocess.run([str(c) for c in command], check=True, **more)


def tests_of(build):
    """The names of the tests, and the programs that they run."""
    shown = call("ctest", "--test-dir", build, "--show-only=json-v1", stdout=subprocess.PIPE, cwd=PROJECT).stdout
    names, programs = [], set()
    for test in json.loads(shown)["tests"]:
        labels = [p["value"] for p in test["properties"] if p["name"] == "LABELS"]
        if LEFT_OUT.match(test["name"]) or labels and {"messages", "documentation", "house"} & set(labels[0]):
            continue
        found = {pathlib.Path(w) for w in test.get("command", []) if w.startswith(str(build)) and not pathlib.Path(w).suffix}
        if found:
            names.append(test["name"])
            programs |= found
    return names, sorted(programs)


def measure(build):
    flags = "-O0 -fprofile-instr-generate -fcoverage-mapping"
    call("cmake", "-S", ".", "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=", "-DCMAKE_CXX_COMPILER=clang++-19",
         f"-DCMAKE_CXX_FLAGS={flags}", cwd=PROJECT, stdout=subprocess.DEVNULL)
    all_targets = call("ninja", "-C", build, "-t", "targets", "all", stdout=subprocess.PIPE).stdout.decode()
    call("cmake", "--build", build, "--target", *sorted(set(re.findall("^" + TARGETS.pattern, all_targets, re.M))))
    names, _ = tests_of(build)   # (ctest knows programs that exist)
    profiles = build / "profiles"
    profiles.mkdir(exist_ok=True)
    for old in profiles.glob("*.profraw"):
        old.unlink()
    chosen = "^(" + "|".join(map(re.escape, names)) + ")$"
    call("ctest", "--test-dir", build, "-R", chosen, "--output-on-failure", "-j2", cwd=PROJECT,
         env={**os.environ, "LLVM_PROFILE_FILE": str(profiles / "%m.profraw")})
    call(tool("llvm-profdata"), "merge", *sorted(profiles.glob("*.profraw")), "-o", build / "all.profdata")


def has_code(build):
    """The functions for which there is code in some program."""
    shown = call(tool("llvm-profdata"), "show", "-all-functions", build / "all.profdata", stdout=subprocess.PIPE).stdout
    return {line.strip()[:-1] for line in shown.decode().splitlines() if line.startswith("  ") and line.endswith(":")
            and not line.startswith("    ")}


def is_constexpr(text, line, column):
    """Is the function whose body begins there constexpr?  (Or a lambda, which may be.)"""
    begin = sum(len(x) + 1 for x in text[:line - 1]) + column - 1
    before = "\n".join(text)[:begin]
    head = re.split(r"[;{}]", before)[-1]
    return "constexpr" in head or re.search(r"\]\s*(\([^()]*\))?[^()]*$", head) is not None


class Header:
    def __init__(self, path):
        self.path = path
        self.text = path.read_text(encoding="utf-8").splitlines()
        self.regions = collections.Counter()   # (from line, column, to line, column, kind): how often it ran
        self.branches = {}                     # (line, column, line, column): [true, false]

    def add(self, function, counted):
        for l1, c1, l2, c2, count, file, _, kind in function["regions"]:
            if function["filenames"][file] == str(self.path) and kind in (CODE, GAP):
                self.regions[l1, c1, l2, c2, kind] += count if counted else 0
        for l1, c1, l2, c2, true, false, file, *_ in function["branches"]:
            if function["filenames"][file] == str(self.path):
                pair = self.branches.setdefault((l1, c1, l2, c2), [0, 0])
                pair[0] += true
                pair[1] += false

    def ran(self, line, column):
        """How often the innermost region around a place ran."""
        inside = [(r[:2], [-x for x in r[2:4]], n) for r, n in self.regions.items()
                  if r[4] == CODE and r[:2] <= (line, column) < r[2:4]]
        return max(inside, default=(0, 0, 0))[2]

    def lines(self):
        """How often each line that counts ran."""
        wrapped, begun = {}, {}
        for (l1, _, l2, _, kind), count in sorted(self.regions.items(), key=lambda r: (r[0][:2], [-x for x in r[0][2:4]])):
            for line in range(l1 + 1, l2 + 1):
                wrapped[line] = count
            if kind == CODE:
                begun[l1] = max(begun.get(l1, 0), count)
        found = {line: max(begun.get(line, 0), wrapped.get(line, 0)) for line in {*wrapped, *begun}}
        return {line: n for line, n in found.items()
                if re.search(r"\w", re.sub(r"//.*|/\*.*?\*/", "", self.text[line - 1])) and
                not re.match(r"\s*(else|#.*|private:|public:)\s*$", self.text[line - 1])}

    def both_ways(self):
        """For each branch of each condition: its line, column and side, and how often it was taken."""
        found = {}
        for (l1, c1, l2, c2), (true, false) in self.branches.items():
            if true == false == 0 and (self.ran(l1, c1) > 0 or re.search(r"if constexpr\s*\(", self.text[l1 - 1][:c1])):
                continue   # a constant wherever it stands
            found[l1, c1, "true"], found[l1, c1, "false"] = true, false
        return found


def read(build):
    """The headers, and the names of the functions of include/ that do not count."""
    _, programs = tests_of(build)
    code, headers, plain, seen = has_code(build), {}, set(), set()
    for program in programs:
        shown = call(tool("llvm-cov"), "export", "-instr-profile", build / "all.profdata", program, "-skip-expansions",
                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        for function in json.loads(shown)["data"][0]["functions"]:
            path = function["filenames"][0]
            if not path.startswith(str(INCLUDE)):
                continue
            header = headers.setdefault(path, Header(pathlib.Path(path)))
            # One function may be in several programs: what is counted is already the sum over all of them.
            what = function["name"], json.dumps(function["regions"])
            counted = function["name"] in code
            l1, c1, *_ = function["regions"][0]
            if what in seen or not counted and is_constexpr(header.text, l1, c1):
                if not counted:
                    plain.add((path, l1))
                continue
            seen.add(what)
            header.add(function, counted)
    return [headers[k] for k in sorted(headers) if headers[k].regions], plain


def share(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "–"


def tally(counts):
    values = list(counts.values())
    return sum(n > 0 for n in values), len(values)


def row(name, lines, branches):
    return f"| {name} | {lines[1]} | {share(*lines)} | {branches[1]} | {share(*branches)} |"


def report(headers, plain, total, to):
    folders = collections.defaultdict(lambda: [0, 0, 0, 0])
    below = []
    for h in headers:
        lines, branches = tally(h.lines()), tally(h.both_ways())
        name = str(h.path.parent.relative_to(INCLUDE.parent.parent))
        for i, n in enumerate((*lines, *branches)):
            folders[name][i] += n
        if lines[0] * 100 < LINES * lines[1] or branches[0] * 100 < BRANCHES * branches[1]:
            below.append(row(f"`{h.path.relative_to(INCLUDE)}`", lines, branches))
    version = call(tool("llvm-cov"), "--version", stdout=subprocess.PIPE).stdout.decode().split("version ")[1].split()[0]
    doc = re.sub(r"\n {4}.*\n", "\n", __doc__)
    rule = doc[doc.index("What counts."):doc.index("  Fails below")].strip()
    head = "|  | lines | run, % | branches | taken, % |\n|---|---:|---:|---:|---:|\n"
    to.write_text(f"""# What the tests run

The tests run **{share(*total[:2])} %** of the {total[1]} lines of include/ that count, and take **{share(*total[2:])} %** of
{total[3]} branches: measured on {datetime.date.today()} by `scripts/coverage`, with Clang and llvm-cov {version}. The bars
are {LINES} and {BRANCHES} %.

{rule}

{len(plain)} functions do not count for that reason; what they do is tested by constants.

## By folder

{head}""" + "\n".join(row(f"`{k}`", v[:2], v[2:]) for k, v in sorted(folders.items())) + f"""

## Headers below one of the bars

{head}""" + "\n".join(below) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=PROJECT / "build/coverage")
    parser.add_argument("--report", type=pathlib.Path)
    parser.add_argument("--show")
    parser.add_argument("--measured", action="store_true")
    options = parser.parse_args()
    build = options.build.resolve()
    if not options.measured:
        measure(build)
    headers, plain = read(build)
    if options.show is not None:
        for h in headers:
            if options.show not in str(h.path.relative_to(INCLUDE.parent)):
                continue
            missed = [line for line, n in sorted(h.lines().items()) if n == 0]
            ways = collections.defaultdict(list)
            for (line, column, side), n in sorted(h.both_ways().items()):
                if n == 0 and line not in missed:
                    ways[line].append(f"{column}: never {side}")
            for line in sorted({*missed, *ways}):
                note = "never runs" if line in missed else ", ".join(ways[line])
                print(f"{h.path.relative_to(PROJECT)}:{line}: {h.text[line - 1].strip()}\n        {note}")
    total = [sum(x) for x in zip(*((*tally(h.lines()), *tally(h.both_ways())) for h in headers))]
    print(f"lines {share(*total[:2])} % of {total[1]}, branches {share(*total[2:])} % of {total[3]}")
    if options.report:
        report(headers, plain, total, options.report)
    if total[0] * 100 < LINES * total[1] or total[2] * 100 < BRANCHES * total[3]:
        sys.exit(f"The bars are {LINES} and {BRANCHES} %.")


if __name__ == "__main__":
    main()
