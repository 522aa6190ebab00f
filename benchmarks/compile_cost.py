#!/usr/bin/env python3
"""What it costs to compile the gradient of a network: processor time, memory, object size.

Generates translation units, compiles them with each compiler and compares with one that only includes
<vector>, <algorithm> and <cmath>, which any program of this kind includes anyway.

    compile_cost.py [--compiler g++ --compiler clang++-19] [--repeats 3] [--only TEXT] [--check] [--write]
    compile_cost.py --show residual 24 16        prints a generated translation unit

Repeats are interleaved (every case once, then every case again) and the median is taken. --check fails if a
bound is exceeded; --write writes docs/benchmarks/compile_cost.md and .json.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[1]

USUAL = "#include <algorithm>\n#include <cmath>\n#include <vector>\n"
HEADER = "#include <chainfold/chainfold.hpp>\n"
FAST, DEBUG = ("-O2",), ("-O0", "-g")


def network(layers, width, layer):
    """Value and gradient of `layers` layers; `layer` is the formula of one, with {h} for what comes in."""
    squared, n = width * width, range(1, layers + 1)
    lines = [HEADER + "#include <span>\nnamespace cf = chainfold;\n"]
    lines += [f'constexpr auto x = cf::input<"x", {width}>;', f'constexpr auto t = cf::input<"t", {width}>;']
    for i in n:
        lines += [f'constexpr auto W{i} = cf::parameter<"W{i}", {width}, {width}>;',
                  f'constexpr auto b{i} = cf::parameter<"b{i}", {width}>;']
    for i in n:
        lines.append(f"constexpr auto h{i} = {layer.format(h=f'h{i - 1}' if i > 1 else 'x', i=i)};")
    lines.append(f"constexpr auto loss = squared_error(h{layers}, t);\n")
    parameters = ", ".join(f"W{i}, b{i}" for i in n)
    lines += ["float run(const float* px, const float* pt, const float* w) {",
              f"    static auto step = cf::compile<float>(cf::value_and_gradient(loss, {parameters}));",
              f"    const auto& r = step(x = std::span<const float, {width}>(px, {width}),",
              f"                         t = std::span<const float, {width}>(pt, {width}),"]
    bindings = []
    for i in n:
        at = (i - 1) * (squared + width)
        bindings += [f"W{i} = std::span<const float, {squared}>(w + {at}, {squared})",
                     f"b{i} = std::span<const float, {width}>(w + {at + squared}, {width})"]
    lines += [" " * 25 + f",\n{' ' * 25}".join(bindings) + ");", "    return r.value + r.gradient[W1](0, 0);", "}"]
    return "\n".join(lines) + "\n"


def chain(layers, width):
    return network(layers, width, "tanh(W{i} * {h} + b{i})")


def residual(blocks, width):
    return network(blocks, width, "{h} + tanh(W{i} * {h} + b{i})")


# 784-128-10, ReLU and cross-entropy: value and gradient, and a whole trainer.
IMAGES = HEADER + """#include <span>
namespace cf = chainfold;
constexpr auto x = cf::input<"x", 784>;
constexpr auto t = cf::input<"t", 10>;
constexpr auto W1 = cf::parameter<"W1", 128, 784>;
constexpr auto b1 = cf::parameter<"b1", 128>;
constexpr auto W2 = cf::parameter<"W2", 10, 128>;
constexpr auto b2 = cf::parameter<"b2", 10>;
constexpr auto loss = cross_entropy(W2 * relu(W1 * x + b1) + b2, t);

float run(std::span<const float> in, std::span<const float> to, const cf::tensor<float, 128, 784>& w1,
          const cf::tensor<float, 128>& v1, const cf::tensor<float, 10, 128>& w2, const cf::tensor<float, 10>& v2) {
    static auto step = cf::compile<float>(cf::value_and_gradient(loss, W1, b1, W2, b2));
    const auto& r = step(x = cf::batch(in), t = cf::batch(to), W1 = w1, b1 = v1, W2 = w2, b2 = v2);
    return r.value + r.gradient[W1](0, 0);
}
"""
TRAINER = HEADER + """namespace nn = chainfold::nn;
using model = nn::sequential<float, nn::linear<784, 128>, nn::relu, nn::linear<128, 10>>;

float run(model& net, const nn::dataset<float>& data) {
    const auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{.learning_rate = 0.1f},
                                   {.epochs = 10, .batch_size = 32});
    return static_cast<float>(history.loss.back());
}
"""
# A call by Black and Scholes with five derivatives, in scalars.
OPTION = HEADER + """namespace cf = chainfold;
using namespace chainfold::literals;
constexpr auto s = cf::input<"s">;
constexpr auto k = cf::input<"k">;
constexpr auto r = cf::input<"r">;
constexpr auto v = cf::input<"v">;
constexpr auto t = cf::input<"t">;
constexpr auto d1 = (log(s / k) + (r + square(v) / 2_c) * t) / (v * sqrt(t));
constexpr auto d2 = d1 - v * sqrt(t);
constexpr auto price = s * normal_cdf(d1) - k * exp(-r * t) * normal_cdf(d2);
constexpr auto delta = derivative(price, s);

double run(double spot, double strike, double rate, double volatility, double time) {
    static auto greeks = cf::compile<double>(price, delta, derivative(delta, s), derivative(price, v),
                                             -derivative(price, t), derivative(price, r));
    const auto [value, by_s, by_s_s, by_v, by_t, by_r] =
        greeks(s = spot, k = strike, r = rate, v = volatility, t = time);
    return value + by_s + by_s_s + by_v + by_t + by_r;
}
"""
N3, N3_TRAINER, A7 = "N3, value and gradient", "N3, a trainer", "A7, price and five derivatives"

# name -> (source, flags)
CASES = {
    "usual headers, -O2": (USUAL, FAST),
    "usual headers, -O0 -g": (USUAL, DEBUG),
    "chainfold.hpp alone, -O2": (HEADER, FAST),
    "chainfold.hpp alone, -O0 -g": (HEADER, DEBUG),
    "20 layers of 8, -O2": (chain(20, 8), FAST),
    "20 layers of 8, -O0 -g": (chain(20, 8), DEBUG),
    **{f"{layers} layer{'s' if layers > 1 else ''} of 16, {' '.join(flags)}": (chain(layers, 16), flags)
       for flags in (FAST, DEBUG) for layers in (1, 5, 10, 20, 40, 80)},
    "24 layers of 16, -O2": (chain(24, 16), FAST),
    "24 residual blocks of 16, -O2": (residual(24, 16), FAST),
    "24 layers of 16, -O0 -g": (chain(24, 16), DEBUG),
    "24 residual blocks of 16, -O0 -g": (residual(24, 16), DEBUG),
    **{f"{name}, {' '.join(flags)}": (source, flags)
       for name, source in ((N3, IMAGES), (N3_TRAINER, TRAINER), (A7, OPTION)) for flags in (FAST, DEBUG)},
}


def ratio(what, case, base):
    """One case's cost as a multiple of another's."""
    return lambda costs: costs[case][what] / costs[base][what]


def absolute(what, case):
    """One case's cost itself."""
    return lambda costs: costs[case][what]


def added(case, than, base):
    """How much more time `case` adds to `base` than `than` adds."""
    return lambda costs: ((costs[case]["seconds"] - costs[base]["seconds"])
                          / (costs[than]["seconds"] - costs[base]["seconds"]))


# (what is bounded, the bound, how it is computed from the medians). Twice the layers may cost twice as much and a
# little; a residual block spells its operand twice and must not pay for that twice.
USUAL_OF = {"-O2": "usual headers, -O2", "-O0 -g": "usual headers, -O0 -g"}
FIGURES = [
    ("chainfold.hpp alone, -O2: time", 4.0, ratio("seconds", "chainfold.hpp alone, -O2", USUAL_OF["-O2"])),
    *((f"{name}, {flags}: time", 6.0, ratio("seconds", f"{name}, {flags}", usual))
      for name in (N3, A7) for flags, usual in USUAL_OF.items()),
    *((f"{name}, {flags}: MB", 250.0, absolute("megabytes", f"{name}, {flags}"))
      for name in (N3, A7) for flags in USUAL_OF),
    *((f"20 layers of {width}, {flags}: time", 8.0, ratio("seconds", f"20 layers of {width}, {flags}", usual))
      for width in (8, 16) for flags, usual in USUAL_OF.items()),
    *((f"20 layers of {width}, {flags}: MB", 300.0, absolute("megabytes", f"20 layers of {width}, {flags}"))
      for width in (8, 16) for flags in USUAL_OF),
    *((f"20 layers of 8, of 20 layers of 16, {flags}: time", 1.05,
       ratio("seconds", f"20 layers of 8, {flags}", f"20 layers of 16, {flags}")) for flags in USUAL_OF),
    *((f"{2 * layers} layers add, of what {layers} add, {flags}: time", 2.2,
       added(f"{2 * layers} layers of 16, {flags}", f"{layers} layers of 16, {flags}", usual))
      for flags, usual in USUAL_OF.items() for layers in (5, 10, 20, 40)),
    *((f"24 residual blocks, of 24 layers, {flags}: {what}", 2.0,
       ratio(quantity, f"24 residual blocks of 16, {flags}", f"24 layers of 16, {flags}"))
      for flags in ("-O2", "-O0 -g") for what, quantity in (("time", "seconds"), ("object", "kilobytes"))),
]


def cost(compiler, source, flags, directory):
    """Processor seconds, peak memory and object size of one compilation, the compiler's own children included."""
    code, binary = pathlib.Path(directory, "unit.cpp"), pathlib.Path(directory, "unit.o")
    code.write_text(source)
    include = str(PROJECT / "include")
    command = [compiler, "-std=c++20", *flags, "-I", include, "-c", str(code), "-o", str(binary)]
    with open(pathlib.Path(directory, "said"), "w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise RuntimeError(said.read())
    return {"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024,
            "kilobytes": binary.stat().st_size / 1024}


def measure(compilers, names, repeats):
    """compiler -> case -> medians. A case that does not compile is left out, and said so."""
    runs = {compiler: {name: [] for name in names} for compiler in compilers}
    with tempfile.TemporaryDirectory() as directory:
        for repeat in range(repeats):
            for name in names:
                for compiler in compilers:
                    if name not in runs[compiler]:
                        continue
                    try:
                        runs[compiler][name].append(cost(compiler, *CASES[name], directory))
                    except RuntimeError as error:
                        del runs[compiler][name]
                        first = "\n".join(str(error).splitlines()[:12])
                        print(f"{compiler}: {name}: does not compile\n{first}", file=sys.stderr)
            print(f"repeat {repeat + 1} of {repeats} done", file=sys.stderr)
    return {compiler: {name: {what: statistics.median(run[what] for run in taken) for what in taken[0]}
                       for name, taken in cases.items()}
            for compiler, cases in runs.items()}


def figures(measured):
    """[(what, bound, compiler -> value)]; a figure one of whose cases is missing has no value."""
    result = []
    for what, bound, compute in FIGURES:
        values = {}
        for compiler, costs in measured.items():
            try:
                values[compiler] = compute(costs)
            except KeyError:
                values[compiler] = None
        result.append((what, bound, values))
    return result


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def report(measured, found, versions, repeats):
    compilers = list(measured)

    def shown(value, bound):
        return "–" if value is None else f"{value:.2f}" if value <= bound else f"**{value:.2f}**"

    def cell(costs):
        return ("–" if costs is None else
                f"{costs['seconds']:.2f} s, {costs['megabytes']:.0f} MB, {costs['kilobytes']:.0f} KB")

    bounds = table(["figure", "bound", *compilers],
                   [[what, f"{bound:.1f}", *(shown(values[c], bound) for c in compilers)]
                    for what, bound, values in found])
    names = [name for name in CASES if any(name in costs for costs in measured.values())]
    raw = table(["translation unit", *compilers],
                [[name, *(cell(measured[c].get(name)) for c in compilers)] for name in names])
    return f"""\
# What a gradient costs to compile

A layer is `tanh(W * h + b)`, a residual block `h + tanh(W * h + b)`; each translation unit compiles value and
gradient of the squared error with respect to every parameter, once. Times are processor time (user and system).
Medians of {repeats}, interleaved. Figures are ratios: to a translation unit that includes `<vector>`, `<algorithm>`
and `<cmath>`, where they do not say to what. One above its bound is in bold.
Written by `benchmarks/compile_cost.py --write` with {' and '.join(versions)}.

{bounds}

Processor time, peak memory and object file:

{raw}
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--compiler", action="append", help="may be repeated; default: g++ and clang++-19")
    arguments.add_argument("--repeats", type=int, default=3)
    arguments.add_argument("--only", help="only cases whose name holds this text, and those without a network")
    arguments.add_argument("--check", action="store_true", help="fail if a bound is exceeded")
    arguments.add_argument("--write", action="store_true", help="write docs/benchmarks/compile_cost.*")
    arguments.add_argument("--show", nargs=3, metavar=("chain|residual", "LAYERS", "WIDTH"))
    given = arguments.parse_args()
    if given.show:
        shape, layers, width = given.show
        print({"chain": chain, "residual": residual}[shape](int(layers), int(width)), end="")
        return 0

    compilers = given.compiler or ["g++", "clang++-19"]
    versions = [subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True)
                .stdout.splitlines()[0] for compiler in compilers]
    names = [name for name in CASES if not given.only or given.only in name or "headers" in name or "alone" in name]
    measured = measure(compilers, names, given.repeats)
    found = figures(measured)
    text = report(measured, found, versions, given.repeats)
    print(text)
    if given.write:
        folder = PROJECT / "docs" / "benchmarks"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "compile_cost.md").write_text(text, encoding="utf-8")
        data = {"compilers": dict(zip(compilers, versions)), "repeats": given.repeats, "cases": measured,
                "figures": [{"what": what, "bound": bound, "values": values} for what, bound, values in found]}
        (folder / "compile_cost.json").write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    good = all(value is not None and value <= bound for _, bound, values in found for value in values.values())
    return 1 if given.check and not good else 0


if __name__ == "__main__":
    sys.exit(main())
