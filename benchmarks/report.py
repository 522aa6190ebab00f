#!/usr/bin/env python3
"""One table of what the benchmark programs printed.

    report.py --compiler g++ --flags="-O3 -march=native" --to docs/benchmarks/run_time FILE...

writes run_time.md and run_time.json. Every line of a file is one contestant's JSON (benchmarks/contest.hpp); lines of
the same contestant come from several runs, whose medians are taken.
"""
import argparse
import collections
import datetime
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

KEY = ("workload", "size", "scalar", "what")


def read(files):
    """Contestants by contest, in the order of their workloads; and the lines about flatness and threads."""
    runs, flat, threads = collections.defaultdict(lambda: collections.defaultdict(list)), [], []
    for file in files:
        for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines():
            found = json.loads(line)
            if "flatness" in found:
                flat.append(found)
            elif "threads" in found:
                threads.append(found)
            else:
                runs[tuple(found[k] for k in KEY)][found["kind"], found["style"]].append(found)
    ordered = sorted(runs.items(), key=lambda item: natural(item[0]))
    return {contest: {who: merged(lines) for who, lines in contestants.items()} for contest, contestants in ordered}, flat, threads


def natural(texts):
    """Text with numbers as numbers: batch 32 comes before batch 256."""
    return [[(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", text)] for text in texts]


def merged(lines):
    def middle(name):
        return statistics.median(line[name] for line in lines)

    return {"ns": middle("ns"), "ratio": middle("ratio"), "flops": lines[0]["flops"],
            "quartiles": [statistics.median(q) for q in zip(*(line.get("quartiles", (line["ratio"],) * 2) for line in lines))],
            "lowest": min(line["lowest"] for line in lines), "highest": max(line["highest"] for line in lines),
            "peak": max(line.get("peak", 0) for line in lines), "runs": len(lines)}


def summary(contest, contestants):
    """chainfold, the best by hand, and how much longer everybody else takes."""
    ours = next((c for (kind, _), c in contestants.items() if kind == "chainfold"), None)
    if ours is None:
        return None
    by_hand = [(c["ratio"], style) for (kind, style), c in contestants.items() if kind == "by hand"]
    result = dict(zip(KEY, contest)) | {"ns": ours["ns"]}
    if by_hand:
        _, style = max(by_hand)
        limit = contestants["by hand", style]
        result |= {"limit": style, "limit_ns": limit["ns"], "ratio": limit["ratio"], "quartiles": limit["quartiles"],
                   "lowest": limit["lowest"], "highest": limit["highest"]}
    if ours["flops"] > 0:
        result["gflops"] = ours["flops"] / ours["ns"]
        if ours["peak"] > 0:
            result["share_of_peak"] = result["gflops"] / ours["peak"]
    result["rivals"] = [{"kind": kind, "style": style, "ns": c["ns"], "ratio": c["ratio"], "quartiles": c["quartiles"]}
                        for (kind, style), c in contestants.items() if kind != "chainfold"]
    return result


def time(ns):
    for unit, size in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if ns < 1000 * size:
            break
    return f"{ns / size:.3g} {unit}" if ns < 999.5 * size else f"{ns / size:.0f} {unit}"


def factor(ratio):
    """How much longer a rival takes, from chainfold's time over its."""
    times = 1 / ratio
    return f"{times:.2f}" if times < 9.995 else f"{times:.0f}"


def table(header, rows, left=1):
    rule = ["---"] * left + ["---:"] * (len(header) - left)
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, rule, *rows])


def about(row):
    return [row["workload"], row["size"], row["scalar"], row["what"]]


def limits(rows):
    body = [[*about(r), time(r["ns"]), time(r["limit_ns"]), r["limit"],
             f"**{r['ratio']:.2f}**" if r["ratio"] > 1.1 else f"{r['ratio']:.2f}",
             f"{r['quartiles'][0]:.2f} – {r['quartiles'][1]:.2f}",
             f"{r['gflops']:.0f}" if r.get("gflops", 0) >= 1 else "",
             f"{r['share_of_peak']:.0%}" if r.get("share_of_peak", 0) >= 0.01 else ""] for r in rows if "limit" in r]
    return table(["workload", "size", "scalar", "what", "chainfold", "limit by hand", "how", "ratio", "middle half",
                  "GFLOP/s", "of peak"], body, 4)


def everybody(rows):
    body = [[*about(r), "; ".join(f"{rival['style']} {factor(rival['ratio'])}" +
                                  (" (std::)" if rival["kind"] == "standard library" else "")
                                  for rival in sorted(r["rivals"], key=lambda rival: -rival["ratio"]))] for r in rows]
    return table(["workload", "size", "scalar", "what", "how much longer than chainfold"], body, 5)


def flatness(flat):
    body = [[f["flatness"], str(f["batch"]), f"{f['ns_per_sample']:.4g}", f"{f['input_megabytes']:.1f}",
             f"{f['more_memory']:.2f}"] for f in flat]
    return table(["workload", "samples in a call", "ns for each", "MB of inputs", "MB of memory beside them"], body)


def together(threads):
    body = [[t["threads"], str(t["batch"]), t["what"], f"{t['ns'] / 1000:.4g}", f"{t['gain']:.2f}",
             f"{t['reproducible_gain']:.2f}"] for t in threads]
    return table(["workload", "batch", "what", "µs with one thread", f"{threads[0]['count']} threads: times as fast",
                  "with `sharing::reproducible`"], body, 3)


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def machine():
    name = re.search(r"^Model name:\s*(.*)", output("lscpu"), re.M)
    caches = [f"{level.strip()} {size.strip()}" for level, size in re.findall(r"^(L1d|L2|L3)[^:]*:\s*([^(\n]*)", output("lscpu"), re.M)]
    return (name[1] if name else os.uname().machine) + f", {os.cpu_count()} cores (all: {', '.join(caches)})"


def write(path, text):
    beside = path.with_suffix(path.suffix + ".part")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", default="g++")
    arguments.add_argument("--flags", default="")
    arguments.add_argument("--to", default="docs/benchmarks/run_time", type=pathlib.Path)
    arguments.add_argument("files", nargs="+")
    given = arguments.parse_args()

    contests, flat, threads = read(given.files)
    rows = [row for contest, contestants in contests.items() if (row := summary(contest, contestants))]
    peaks = {scalar: max((c["peak"] for contest, all_of_it in contests.items() if contest[2] == scalar
                          for c in all_of_it.values()), default=0) for scalar in ("float", "double")}
    data = {"machine": machine(), "compiler": output(given.compiler, "--version").split("\n")[0], "flags": given.flags,
            "date": datetime.date.today().isoformat(), "peak_gflops": peaks, "contests": rows, "flatness": flat,
            "threads": threads}
    text = f"""\
# How fast it runs

{data['machine']}; at most {peaks['float']:.0f} GFLOP/s in float and {peaks['double']:.0f} in double on one.
{data['compiler']}, `{given.flags}`, one thread, {data['date']}. Written by `scripts/benchmark`.

Contestants are in one binary and run in alternation, each after a call of its own, and in turns they come first. *Limit
by hand* is the fastest of what a specialist wrote for that one workload; *ratio* is chainfold's time over it, the median
over all rounds, in bold above 1.1, and *middle half* the quartiles. Peak is what multiplications and additions in
registers reached beside each contest. For one sample, who writes N1, N2 or N3 by hand lets matrices stand as in × out,
and so does chainfold's contestant (`nn::in_by_out`), but for N2 before AVX; the other order is under *Everybody*.

{limits(rows)}
"""
    if flat:
        text += f"""
## Any number of samples

Value and gradient of one batch.

{flatness(flat)}
"""
    if threads:
        text += f"""
## Several threads

{together(threads)}
"""
    text += f"""
## Everybody

How many times chainfold's time the others take; below 1 they are faster.

{everybody(rows)}
"""
    given.to.parent.mkdir(parents=True, exist_ok=True)
    write(given.to.with_name(given.to.name + ".json"), json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    write(given.to.with_name(given.to.name + ".md"), text)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
