#!/usr/bin/env python3
"""Do the tests notice a mistake?  Puts one into a header at a time, and runs the tests that include it.

    run.py                 tests the mutants that have no result yet, until all have one
    run.py --again         and once more those that survived and are not known to be equivalent
    run.py --wide          as --again, with every test that includes the header, however long that takes
    run.py --only NAME... [--tests FOLDER/FILE.cpp...]    those, by these tests
    run.py --list          what would be tested
    run.py --report        writes docs/mutants.md from the results

Works on a copy of include/ and tests/ in build/mutants/tree, made when there is none or with --fresh; results are kept
in build/mutants/results*.json, so that it can be ended and begun again at any time; with --part NAME in a file of that
name, so that several can run at once.

Which changes there are is in generate.py, how many of each folder in GROUPS.  A mutant is killed when a test program
does not compile any more because a static_assert or another constant of the test fails, or when it runs and fails,
crashes or does not end.  What does not compile for another reason, or not even without a test, is stillborn and does
not count.  Warnings are off.
"""
import argparse
import collections
import fnmatch
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
WORK = PROJECT / "build/mutants"
TREE, EQUIVALENT = WORK / "tree", HERE / "equivalent.json"
sys.path.insert(0, str(HERE))
from generate import mutants_of  # noqa: E402

# What is changed, how many mutants of it, and the folders of tests that are to notice.
Group = collections.namedtuple("Group", "name headers count tests")
GROUPS = [
    Group("operation", ["operation/*"], 48, ["operation", "laws", "expression", "transform", "program"]),
    Group("transform: derivatives", ["differentiate", "forward", "tangents", "adjoints", "jacobian*", "taylor*",
                                     "linear_map", "products"], 28, ["transform", "laws", "program"]),
    Group("transform: simplifier", ["simplify", "simplifier", "terms", "scalars"], 36, ["transform", "laws", "program", "notation"]),
    Group("transform: canonical form", ["normal_*", "canonical", "written_*", "common_divisor"], 34,
          ["transform", "laws", "notation"]),
    Group("program/kernel", ["program/kernel/*"], 34, ["program", "laws", "nn"]),
    Group("program", ["program/execute", "program/group", "program/interpret", "program/run", "program/plan/*"], 12,
          ["program", "laws", "nn"]),
    Group("math", ["math/*"], 30, ["math", "laws"]),
    Group("expression: losses and activations", ["expression/loss", "expression/activation", "expression/normalise"], 10,
          ["expression", "nn", "program", "transform"]),
    Group("nn: layers and optimisers", ["nn/optimiser/*", "nn/layer/*"], 10, ["nn"]),
]
LEFT_OUT = ["math/two_over_pi", "operation/registry", "operation/table", "operation/operation", "math/number_text"]
FLAGS = ["-std=c++20", "-O0", "-w", "-Wfatal-errors", "-fno-color-diagnostics"]
COMPILE_LIMIT, RUN_LIMIT, MEMORY_LIMIT = 60, 10, 6 << 30   # seconds of processor time; bytes
NARROW, USUAL = 6, 4   # seconds of tests for one mutant, unless --wide; of a program before it is known
LAW = re.compile(r"static assertion failed|static_assert|constant expression|constant initializer|constexpr evaluation")


def in_group(group, header):
    stem = header.with_suffix("").relative_to("chainfold")
    if any(fnmatch.fnmatch(str(stem), p) for p in LEFT_OUT):
        return False
    folder = group.name.split(":")[0]
    return any(fnmatch.fnmatch(str(stem), p if "/" in p else f"{folder}/{p}") for p in group.headers)


def pool(group, include):
    """All mutants of a group."""
    return [m for h in sorted(include.rglob("*.hpp")) if in_group(group, h.relative_to(include))
            for m in mutants_of(str(h.relative_to(include)), h.read_text(encoding="utf-8"))]


def chosen(group, include):
    """So many mutants of a group, spread over its headers and kinds of change; no two in one line."""
    left = pool(group, include)
    headers, kinds, lines, out = collections.Counter(), collections.Counter(), set(), []
    # A header of many possible changes gets more of them, but far less than its share.
    weight = {path: n ** 0.5 for path, n in collections.Counter(m.path for m in left).items()}
    while len(out) < group.count and left:
        best = min(left, key=lambda m: (kinds[m.kind] + 2 * headers[m.path] / weight[m.path] * 4, m.name))
        out.append(best)
        headers[best.path] += 1
        kinds[best.kind] += 1
        lines.add((best.path, best.line))
        left = [m for m in left if (m.path, m.line) not in lines]
    return out


def all_chosen(include):
    """Of each group in turn, so that a run that is ended early has seen something of each."""
    lists = [[(g, m) for m in chosen(g, include)] for g in GROUPS]
    longest = max(map(len, lists))
    return [pair for i in range(longest) for part in lists
            for pair in part[i * len(part) // longest:(i + 1) * len(part) // longest]]


def call(command, seconds):
    """(exit code, output, processor seconds); the code is -24 or -9 where it took too long."""
    limits = ["prlimit", f"--cpu={seconds}:{seconds + 1}", f"--as={MEMORY_LIMIT}", "--core=0", "--"]
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen([*limits, *map(str, command)], cwd=WORK, stdin=subprocess.DEVNULL, stdout=output,
                                 stderr=subprocess.STDOUT)
        end = time.monotonic() + 20 * seconds
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > end:   # it waits for something
                os.kill(child.pid, signal.SIGKILL)
            time.sleep(0.02)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return child.returncode, output.read().decode("utf-8", "replace"), usage.ru_utime + usage.ru_stime


class Tests:
    """The test programs: each .cpp of tests/<folder>/ alone, with those that others of the folder need."""

    def __init__(self, compiler):
        self.compiler = compiler
        self.linker = ["-fuse-ld=gold"] if shutil.which("ld.gold") else []
        self.known = {TREE / name: about for name, about in load(WORK / "programs.json").items()}
        self.unchanged = ["-I", TREE / "include", "-I", TREE / "tests"]
        self.lock = threading.Lock()
        self.flags = [*FLAGS, f'-DCHAINFOLD_TESTS="{TREE}/tests"']

    def prepare(self):
        """What no mutant changes: Catch2 and the standard library, parsed; and main."""
        head = WORK / "unchanged.hpp"
        if (WORK / "main.o").exists():
            return
        names = "algorithm array bit cmath complex functional map memory numeric random span sstream string vector"
        head.write_text('#include "support/catch.hpp"\n' + "".join(f"#include <{n}>\n" for n in names.split()))
        for command in ([self.compiler, *self.flags, *self.unchanged, "-x", "c++-header", head, "-o", WORK / "unchanged.pch"],
                        [self.compiler, *self.flags, *self.unchanged, "-c", TREE / "tests/support/main.cpp",
                         "-o", WORK / "main.o"]):
            code, text, _ = call(command, 300)
            if code != 0:
                sys.exit(text)

    def compile(self, source, to, includes, more=()):
        return call([self.compiler, *self.flags, "-include-pch", WORK / "unchanged.pch", *more, *includes,
                     "-c", source, "-o", to], COMPILE_LIMIT)

    def run(self, source, objects, place):
        """(what is wrong or nothing, processor seconds) of one program; objects holds what is compiled already.
        What is in place/overlay stands before the library."""
        includes, total = ["-I", place / "overlay", *self.unchanged], 0
        sources = [source, *self.helpers(source)]
        for s in sources:
            if s not in objects:
                to = place / f"{s.parent.name}_{s.stem}.o"
                code, text, took = self.compile(s, to, includes, ["-MMD", "-MF", to.with_suffix(".d")])
                total += took
                objects[s] = (code, text, to)
            code, text, to = objects[s]
            if code != 0:
                return self.compile_failure(code, text), total
        if "TEST_CASE" not in source.read_text(encoding="utf-8"):
            return None, total
        program = place / "program"
        code, text, took = call([self.compiler, *(objects[s][2] for s in sources), WORK / "main.o", "-lz", "-pthread",
                                 *self.linker, "-o", program], COMPILE_LIMIT)
        total += took
        if code != 0:
            return ("stillborn", text), total
        code, text, took = call([program, "-a"], RUN_LIMIT)
        total += took
        if code == 0:
            return None, total
        how = "fails" if code > 0 else "does not end" if code in (-24, -9) else "crashes"
        return (how, text[-2000:]), total

    @staticmethod
    def compile_failure(code, text):
        if code in (-24, -9):
            return "does not end", text
        error = next((line for line in text.splitlines() if "error:" in line), text[:300])
        return ("static_assert" if LAW.search(error) else "stillborn"), error

    @staticmethod
    def is_helper(source):
        """No program, and no constants that are tests: what others of its folder are linked with."""
        text = source.read_text(encoding="utf-8")
        return "TEST_CASE" not in text and (source.with_suffix(".hpp").exists() or "static_assert" not in text)

    def helpers(self, source):
        return [s for s in sorted(source.parent.glob("*.cpp")) if s != source and self.is_helper(s)]

    def about(self, source):
        """(processor seconds, the headers it includes) where nothing is changed; nothing if it is no program alone."""
        with self.lock:
            if source not in self.known:
                self.known[source] = self.find_out(source)
                (WORK / "programs.json").write_text(json.dumps({str(s.relative_to(TREE)): k for s, k in self.known.items()}))
            return self.known[source]

    def find_out(self, source):
        if re.search(r"^// needs: (?!thread|zlib)", source.read_text(encoding="utf-8"), re.M) or self.is_helper(source):
            return None
        objects, place = {}, WORK / "plain"
        place.mkdir(exist_ok=True)
        wrong, took = self.run(source, objects, place)
        if wrong:
            print(f"without {source.relative_to(TREE)}: {wrong[0]} as it is: {wrong[1][:200]}", flush=True)
            return None
        headers = {str(pathlib.Path(w).relative_to(TREE / "include")) for s in objects
                   for w in objects[s][2].with_suffix(".d").read_text().split() if w.startswith(str(TREE / "include"))}
        return took, sorted(headers)


def stem_of(path):
    return pathlib.Path(path).stem


class Run:
    def __init__(self, tests, results, wide, chosen=()):
        self.tests, self.results, self.wide, self.chosen = tests, results, wide, chosen
        self.kills = collections.Counter((r["group"], r["by"]) for r in results.values() if r["status"] == "killed")

    def programs(self, group, mutant):
        """The programs that are to notice, one by one: those of the header's own name, then the group's folders in
        order, in each first what has noticed much in little time."""
        out, total = [], 0
        if self.chosen:
            yield from ((TREE / "tests" / name, name) for name in self.chosen)
            return
        for i, folder in enumerate(group.tests):
            for source in sorted((TREE / "tests" / folder).glob("*.cpp")):
                own = stem_of(source).startswith(stem_of(mutant.path))
                name = f"{folder}/{source.name}"
                about = self.tests.known.get(source, (USUAL, ()))
                if about:
                    out.append((not own, i, about[0] / (1 + self.kills[group.name, name]), source, name))
        for *_, source, name in sorted(out):
            if total >= NARROW and not self.wide:
                return
            about = self.tests.about(source)
            if about and mutant.path in about[1]:
                total += about[0]
                yield source, name

    def one(self, group, mutant, place):
        overlay = place / "overlay"
        shutil.rmtree(overlay, ignore_errors=True)
        changed = overlay / mutant.path
        changed.parent.mkdir(parents=True)
        source = (TREE / "include" / mutant.path).read_text(encoding="utf-8")
        changed.write_text(source[:mutant.begin] + mutant.text + source[mutant.end:], encoding="utf-8")
        objects, result, used, seen = {}, {}, 0, 0
        for program, name in self.programs(group, mutant):
            seen += 1
            wrong, took = self.tests.run(program, objects, place)
            used += took
            if not wrong:
                continue
            if wrong[0] == "static_assert":
                alone = place / "alone.cpp"
                alone.write_text(f"#include <{mutant.path}>\n")
                code, _, took = self.tests.compile(alone, place / "alone.o", ["-I", overlay, *self.tests.unchanged],
                                                      ["-fsyntax-only"])
                used += took
                if code != 0:
                    wrong = ("stillborn", wrong[1])
            if wrong[0] == "stillborn":
                result = {"status": "stillborn", "by": name, "how": wrong[1][:300]}
            else:
                result = {"status": "killed", "by": name, "how": wrong[0]}
                self.kills[group.name, name] += 1
            break
        shutil.rmtree(overlay)
        result = result or {"status": "survived", "by": "", "how": f"{seen} programs"}
        result.update(group=group.name, path=mutant.path, line=mutant.line, kind=mutant.kind, before=mutant.before,
                      after=mutant.after, seconds=round(used, 1), wide=self.wide)
        return result


def load(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def load_results():
    """Of all parts: who is killed once is dead."""
    found = [pair for path in WORK.glob("results*.json") for pair in load(path).items()]
    return dict(sorted(found, key=lambda pair: ["survived", "stillborn", "killed"].index(pair[1]["status"])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--again", "--wide", "--list", "--report", "--fresh"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--part", default="", metavar="=-NAME")
    parser.add_argument("--tests", nargs="+", default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--compiler", default="clang++-19")
    options = parser.parse_args()

    include = PROJECT / "include"
    if options.list:
        for group, m in all_chosen(include):
            print(f"{m.name}  {m.path}:{m.line}  {m.kind}\n    {m.before}\n    {m.after}")
        return
    if options.report:
        from report import write
        possible = sum(len(pool(g, include)) for g in GROUPS)
        write(PROJECT, all_chosen(include), load_results(), load(EQUIVALENT), possible)
        return

    if options.fresh or not TREE.exists():
        shutil.rmtree(TREE, ignore_errors=True)
        for made in ("programs.json", "main.o"):
            (WORK / made).unlink(missing_ok=True)
        for folder in ("include", "tests"):
            shutil.copytree(PROJECT / folder, TREE / folder)
    tests = Tests(options.compiler)
    tests.prepare()
    results, equivalent = load_results(), load(EQUIVALENT)
    mine = WORK / f"results{options.part}.json"
    own = load(mine)
    run = Run(tests, results, options.wide, options.tests)
    todo = []
    for group, m in all_chosen(TREE / "include"):
        old = results.get(m.name)
        again = old and old["status"] == "survived" and m.name not in equivalent and (options.again or options.wide)
        if m.name in options.only or not options.only and (not old or again):
            todo.append((group, m))
    waiting, done, lock = queue.SimpleQueue(), 0, threading.Lock()
    for pair in todo:
        waiting.put(pair)

    def work(place):
        nonlocal done
        place.mkdir(exist_ok=True)
        while True:
            try:
                group, m = waiting.get_nowait()
            except queue.Empty:
                return
            r = run.one(group, m, place)
            with lock:
                own[m.name] = r
                done += 1
                print(f"{done}/{len(todo)} {m.name} {r['status']:9} {r['seconds']:5} s  {m.path}:{m.line} {m.kind}: "
                      f"{r['how'][:60]} {r['by']}", flush=True)
                new = mine.with_suffix(".new")
                new.write_text(json.dumps(own, indent=1), encoding="utf-8")
                os.replace(new, mine)

    workers = [threading.Thread(target=work, args=(WORK / f"changed{options.part}-{i}",), daemon=True) for i in range(options.jobs)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    left = [name for name, r in load_results().items() if r["status"] == "survived" and name not in equivalent]
    if left:
        print(f"{len(left)} are not noticed yet: {' '.join(left)}")


if __name__ == "__main__":
    main()
