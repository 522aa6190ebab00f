#!/usr/bin/env python3
"""Compile time that does not depend on a clock: the steps of constant evaluation that Clang takes.

    run.py [--compiler clang++-19] [--include DIRECTORY]    compiles each with a twentieth more than is recorded
    run.py --precompiled DIRECTORY ...                      with the library's header parsed once, where that stands
    run.py --record                                         finds the fewest, to a fiftieth, and records them

Clang gives up where one constant takes more steps than -fconstexpr-steps allows, 1048576 unless told. What is recorded
in steps.json is the largest constant of a program. A change that needs more fails here before users feel it; one that
is worth it records its own figure.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
RECORD = HERE / "steps.json"
DEFAULT = 1048576
sys.path[:0] = [str(PROJECT / "benchmarks"), str(PROJECT / "tests/support")]
import precompiled  # noqa: E402
from compile_cost import HEADER, OPTION, chain, network, residual  # noqa: E402

SEQUENTIAL = HEADER + """#include <vector>
namespace nn = chainfold::nn;
using model = nn::sequential<float, nn::linear<784, 128>, nn::relu, nn::linear<128, 10>>;
void run(model& net, const nn::dataset<float>& data) {
    nn::train(net, data, nn::cross_entropy{}, nn::sgd{.learning_rate = 0.1}, {.epochs = 1});
}
"""


def simplified(layers, layer):
    """The first layer's derivative, in canonical form, of a network that is not compiled."""
    source = network(layers, 16, layer).split("float run(")[0]
    return source + "static_assert(cf::graph_of<decltype(simplify(derivative(loss, W1)))>().sizes.nodes > layers);\n".replace(
        "layers", str(layers))


def bundle_adjustment():
    """The benchmark's residuals with their Jacobian: the largest graph that is written out in single numbers."""
    workload = (PROJECT / "benchmarks" / "workloads" / "a8.cpp").read_text()
    expressions = workload[workload.index("constexpr auto camera"):workload.index("int main")]
    return HEADER + "namespace cf = chainfold;\nusing namespace chainfold::literals;\n" + expressions + """
void run(const double (&k)[11], const double (&p)[3], double w, const double (&seen)[2], double& to) {
    static auto program = cf::compile<double>(residual, derivative(residual, camera), derivative(residual, point),
                                              derivative(residual, weight));
    const auto [value, by_camera, by_point, by_weight] = program(camera = k, point = p, weight = w, feature = seen);
    to = value.data()[0] + by_camera.data()[0] + by_point.data()[0] + by_weight.data()[0];
}
"""


def by_the_input(layers):
    """What the input changes: nothing in the way back is a weight's derivative."""
    return (chain(layers, 16).split("float run(")[0] + """
float run(const float* px, const float* pt, const float* w) {
    static auto slope = cf::compile<float>(cf::value_and_gradient(loss, x));
    const auto& r = slope(x = std::span<const float, 16>(px, 16), t = std::span<const float, 16>(pt, 16), """
            + ", ".join(f"W{i} = std::span<const float, 256>(w, 256), b{i} = std::span<const float, 16>(w, 16)"
                        for i in range(1, layers + 1)) + """);
    return r.value + r.gradient[x](0);
}
""")


PROGRAMS = {
    "10 layers of 8": chain(10, 8),
    "20 layers of 16": chain(20, 16),
    "40 layers of 16": chain(40, 16),
    "80 layers of 16": chain(80, 16),
    "40 layers of 16, by the input": by_the_input(40),
    "24 residual blocks of 16": residual(24, 16),
    "784-128-10, trained": SEQUENTIAL,
    "an option's price and greeks": OPTION,
    "bundle adjustment, Jacobian": bundle_adjustment(),
    "25 layers, derivative simplified": simplified(25, "tanh(W{i} * {h} + b{i})"),
    "50 layers, derivative simplified": simplified(50, "tanh(W{i} * {h} + b{i})"),
    "40 residual blocks, derivative simplified": simplified(40, "{h} + tanh(W{i} * {h} + b{i})"),
}


def compiles(compiler, include, source, steps, header=None):
    """Whether it compiles with so many steps; other errors are shown, and end everything."""
    parsed = header.flags(source) if header else []
    with tempfile.TemporaryDirectory() as directory:
        code = pathlib.Path(directory, "unit.cpp")
        code.write_text(source)
        result = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", *parsed, "-I", include,
                                 f"-fconstexpr-steps={steps}", str(code)], capture_output=True, text=True, check=False)
    if result.returncode != 0 and steps >= DEFAULT:
        sys.exit(result.stderr[:4000])
    return result.returncode == 0


def fewest(compiler, include, source):
    """To a fiftieth: what is returned compiles."""
    if not compiles(compiler, include, source, DEFAULT):
        return None
    low, high = 1000, DEFAULT
    while high > low * 1.02:
        middle = int((low * high) ** 0.5)
        if compiles(compiler, include, source, middle):
            high = middle
        else:
            low = middle
    return high


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="clang++-19")
    parser.add_argument("--include", default=str(PROJECT / "include"))
    parser.add_argument("--precompiled", metavar="DIRECTORY", help="where the parsed header is")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if options.record:
        found = {name: fewest(options.compiler, options.include, source) for name, source in PROGRAMS.items()}
        beside = RECORD.with_suffix(".new")
        beside.write_text(json.dumps(found, indent=4) + "\n")
        os.replace(beside, RECORD)
        print(RECORD.read_text(), end="")
        return
    # What is parsed already is not evaluated again; but the largest constant is one of the program.
    header = precompiled.Precompiled(options.compiler, options.precompiled)
    recorded, failed = json.loads(RECORD.read_text()), []
    for name, source in PROGRAMS.items():
        steps = min(DEFAULT - 1, recorded[name] * 21 // 20)
        fine = compiles(options.compiler, options.include, source, steps, header)
        print(f"{'ok' if fine else 'TOO MANY'}  {name}: {recorded[name]} steps")
        if not fine:
            failed.append(name)
    if failed:
        sys.exit(f"More steps of constant evaluation than recorded: {', '.join(failed)}. If that is worth it, "
                 "tests/constexpr_steps/run.py --record writes the new figures.")


if __name__ == "__main__":
    main()
