"""docs/mutants.md from the results."""
import collections
import datetime

HOW = {"static_assert": "by a constant", "fails": "by a check", "crashes": "by a crash", "does not end": "by the clock"}

HEAD = """# Do the tests notice a mistake?

{changed} small mistakes were put into the library one at a time, on {date}, and the tests were run on each. {stillborn} of them
do not compile for reasons of types alone and do not count. Of the other **{counted}**, the tests
notice **{killed}**{rest}.

`scripts/mutants` does this. It is no part of the continuous tests: the tests that decided took {minutes} minutes of one
core; `scripts/mutants --wide`, which tries all tests on what the nearest did not notice, takes longer.

The mistakes are made by rules from the tokens of the source (`tests/mutants/generate.py`), in the bodies of functions:
a sign, a factor, an index, a comparison or a condition is another one, two arguments change places, a transpose, a
term, a factor or a whole rule is dropped, the two sides of a choice are exchanged, a name is taken for its neighbour.
Of the {possible} that are possible in these headers, a fixed number is taken from each folder, spread over the headers
and the rules by their names' hashes: the same source gives the same mistakes.

Each is compiled into the test programs one by one, those of the header's own name first, with warnings off. It is
noticed if a `static_assert` or another constant of a test fails (and the header alone still compiles), or if a program
fails, crashes or does not end.

"""


def table(title, rows):
    columns = list(HOW.values())
    out = [f"| {title} | mistakes | noticed | " + " | ".join(columns) + " | not noticed, equivalent | not noticed |",
           "|---|" + "---:|" * (len(columns) + 4)]
    for name, c in rows:
        noticed = sum(c[h] for h in HOW)
        out.append(f"| {name} | {noticed + c['equivalent'] + c['survived']} | {noticed} | "
                   + " | ".join(str(c[h]) for h in HOW) + f" | {c['equivalent']} | {c['survived']} |")
    return "\n".join(out) + "\n"


def code(text):
    return "`" + text.replace("|", "\\|") + "`"


def write(project, pairs, results, equivalent, possible):
    groups, kinds, total = (collections.defaultdict(collections.Counter) for _ in range(3))
    left, seconds, missing = [], 0, 0
    for group, m in pairs:
        r = results.get(m.name)
        if r is None:
            missing += 1
            continue
        seconds += r["seconds"]
        what = r["how"] if r["status"] == "killed" else r["status"]
        if what == "survived" and m.name in equivalent:
            what = "equivalent"
        for c in (groups[group.name], kinds[m.kind], total["all"]):
            c[what] += 1
        if what in ("survived", "equivalent"):
            left.append((m, equivalent.get(m.name)))
    c = total["all"]
    killed = sum(c[h] for h in HOW)
    counted = killed + c["equivalent"] + c["survived"]
    rest = f"; {c['equivalent']} change nothing that a test could notice, for the reasons below" if c["equivalent"] else ""
    if c["survived"]:
        rest += f"; {c['survived']} they do not notice"
    text = HEAD.format(changed=counted + c["stillborn"], date=datetime.date.today(), stillborn=c["stillborn"], counted=counted,
                       killed=killed, rest=rest, minutes=max(1, round(seconds / 60)), possible=possible)
    if missing:
        text += f"({missing} more have not been tried yet.)\n\n"
    text += "## By folder\n\n" + table("", [*groups.items(), ("**all**", c)])
    text += "\n## By kind of mistake\n\n" + table("", sorted(kinds.items()))
    for title, known in (("Not noticed, because nothing changes", True), ("Not noticed", False)):
        chosen = [(m, why) for m, why in left if bool(why) == known]
        if chosen:
            text += f"\n## {title}\n\n"
        for m, why in sorted(chosen, key=lambda x: (x[0].path, x[0].line)):
            text += (f"- `{m.path.removeprefix('chainfold/')}`, {m.kind}: {code(m.before)} becomes {code(m.after)}."
                     + (f" {why}" if why else "") + "\n")
    (project / "docs/mutants.md").write_text(text, encoding="utf-8")
