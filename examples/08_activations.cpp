// SPDX-License-Identifier: BSL-1.0
// Three activations and the derivatives that the compiler finds for them, drawn.
// draws: sigmoid.svg
// draws: slopes.svg
#include <cstdio>
#include <fstream>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/report/figure.hpp>

namespace cf = chainfold;
namespace report = chainfold::report;

constexpr auto z = cf::input<"z">;

report::series drawn(const char* name, auto f, int colour, double end) {
    report::series curve{name, {}, {}, colour};
    for (int i = -100; i <= 100; ++i) {
        curve.x.push_back(end * i / 100);
        curve.y.push_back(cf::evaluate(f, z = curve.x.back()));
    }
    return curve;
}
report::series slope(const char* name, auto f, int colour) {
    std::printf("  %-8s %s\n", name, to_string(derivative(f, z)).c_str());
    return drawn(name, derivative(f, z), colour, 3);
}
void write(const char* file, const report::chart& chart) { std::ofstream(file) << report::standalone_svg(chart); }

int main() {
    const report::series quarter{"¼", {-6, 6}, {0.25, 0.25}, 0};
    write("sigmoid.svg", {"The sigmoid, its derivative, and a quarter",
                          "z",
                          "value",
                          {drawn("σ(z)", sigmoid(z), 1, 6), drawn("σ′(z)", derivative(sigmoid(z), z), 2, 6), quarter},
                          report::scale::linear});
    std::puts("Derivatives by z:");
    write("slopes.svg", {"Derivatives of three activations",
                         "z",
                         "derivative",
                         {slope("sigmoid", sigmoid(z), 1), slope("tanh", tanh(z), 2), slope("ReLU", relu(z), 3)}});
}
