// SPDX-License-Identifier: BSL-1.0
// A2: two sigmoid neurons in sequence, the squared error and its four derivatives: every number a scalar.
#include <chainfold/chainfold.hpp>

#include "by_hand/a2.hpp"
#include "contest.hpp"

namespace cf = chainfold;
using namespace benchmark;

constexpr auto x = cf::input<"x">;
constexpr auto t = cf::input<"t">;
constexpr auto w1 = cf::parameter<"w1">;
constexpr auto b1 = cf::parameter<"b1">;
constexpr auto w2 = cf::parameter<"w2">;
constexpr auto b2 = cf::parameter<"b2">;
constexpr auto loss = square(sigmoid(w2 * sigmoid(w1 * x + b1) + b2) - t);

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto program = cf::compile<double>(value_and_gradient(loss, w1, b1, w2, b2));
    const auto call = [&](const by_hand::a2::input& in) __attribute__((always_inline)) {
        return program(x = in.x, t = in.t, w1 = in.w1, b1 = in.b1, w2 = in.w2, b2 = in.b2);
    };

    equality equal;
    for (double at = -9; at < 9; at += 0.1) {
        const by_hand::a2::input in{at, 1, 0.5, 0.1, 0.8, -0.2};
        const auto r = call(in);
        const double ours[] = {r.gradient[w1], r.gradient[b1], r.gradient[w2], r.gradient[b2], r.value};
        const auto same = [&](const char* style, const by_hand::a2::result& theirs) {
            equal.require(style, &theirs.w1, ours, 5, 1e-14);
        };
        same("standard library", by_hand::a2::standard_library(in));
        same("inlined", by_hand::a2::inlined(in));
        same("fast-math", by_hand::a2::fast_math(in));
    }

    by_hand::a2::input in{1, 1, 0.5, 0.1, 0.8, -0.2};
    contest c({.name = "A2", .what = "gradient", .size = "one sample", .scalar = "double"}, o);
    c.add(kind::chainfold, "", [&]() INLINED {
        unknown(in);
        const auto r = call(in);
        keep(r.value);
        keep(*r.gradient.data());
    });
    const auto rival = [&](kind k, const char* style, auto f) {
        c.add(k, style, [&, f]() INLINED {
            unknown(in);
            const by_hand::a2::result r = f(in);
            keep(r);
        });
    };
    rival(kind::by_hand, "inlined exp", [](const auto& v) { return by_hand::a2::inlined(v); });
    rival(kind::by_hand, "-ffast-math", by_hand::a2::fast_math);
    rival(kind::standard_library, "", [](const auto& v) { return by_hand::a2::standard_library(v); });
    c.run();
    return equal.exit_code();
}
