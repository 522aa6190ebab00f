// SPDX-License-Identifier: BSL-1.0
// A1: a formula of one number, sin x e^(-x²) + log(1 + x²), and its derivative.
#include <chainfold/chainfold.hpp>

#include "by_hand/a1.hpp"
#include "contest.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;
using namespace benchmark;

constexpr auto x = cf::input<"x">;
constexpr auto y = sin(x) * exp(-square(x)) + log(1_c + square(x));

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto program = cf::compile<double>(value_and_gradient(y, x));

    equality equal;
    for (double at = -6; at < 6; at += 0.01) {
        const auto r = program(x = at);
        const double ours[] = {r.value, r.gradient[x]};
        const auto same = [&](const char* style, const by_hand::a1::result& theirs) {
            equal.require(style, &theirs.value, ours, 2, 1e-14);
        };
        same("standard library", by_hand::a1::standard_library(at));
        same("inlined", by_hand::a1::inlined(at));
        same("fast-math", by_hand::a1::fast_math(at));
    }

    double at = 0.7;
    contest c({.name = "A1", .what = "derivative", .size = "one number", .scalar = "double"}, o);
    c.add(kind::chainfold, "", [&]() INLINED {
        unknown(at);
        const auto r = program(x = at);
        keep(r.value);
        keep(*r.gradient.data());
    });
    const auto rival = [&](kind k, const char* style, auto f) {
        c.add(k, style, [&, f]() INLINED {
            unknown(at);
            const by_hand::a1::result r = f(at);
            keep(r);
        });
    };
    rival(kind::by_hand, "inlined functions", [](double v) { return by_hand::a1::inlined(v); });
    rival(kind::by_hand, "-ffast-math", by_hand::a1::fast_math);
    rival(kind::standard_library, "", [](double v) { return by_hand::a1::standard_library(v); });
    c.run();
    return equal.exit_code();
}
