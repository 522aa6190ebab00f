// SPDX-License-Identifier: BSL-1.0
// A7: a European call by Black and Scholes with delta, gamma, vega, theta and rho, in one program.
#include <chainfold/chainfold.hpp>

#include "by_hand/a7.hpp"
#include "contest.hpp"

namespace cf = chainfold;
namespace hand = by_hand::a7;
using namespace chainfold::literals;
using namespace benchmark;

constexpr auto s = cf::input<"spot">;
constexpr auto k = cf::input<"strike">;
constexpr auto r = cf::input<"rate">;
constexpr auto v = cf::input<"volatility">;
constexpr auto t = cf::input<"time">;
constexpr auto d1 = (log(s / k) + (r + square(v) / 2_c) * t) / (v * sqrt(t));
constexpr auto d2 = d1 - v * sqrt(t);
constexpr auto price = s * normal_cdf(d1) - k * exp(-r * t) * normal_cdf(d2);
constexpr auto delta = derivative(price, s);

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto program = cf::compile<double>(price, delta, derivative(delta, s), derivative(price, v), -derivative(price, t),
                                       derivative(price, r));
    const auto call = [&](const hand::input& in) __attribute__((always_inline)) {
        return program(s = in.spot, k = in.strike, r = in.rate, v = in.volatility, t = in.time);
    };

    equality equal;
    const auto same = [&](const char* style, auto f) {
        for (double strike = 60; strike < 160; strike += 7) {
            const hand::input in{100, strike, 0.03, 0.25, 0.8};
            const hand::result theirs = f(in);
            const auto [value, by_s, by_s_s, by_v, by_t, by_r] = call(in);
            const double greeks[] = {value, by_s, by_s_s, by_v, by_t, by_r};
            for (int i = 0; i < 6; ++i) equal.require(style, &theirs.price + i, greeks + i, 1, 1e-13);
        }
    };

    hand::input in{100, 105, 0.03, 0.25, 0.8};
    contest c({.name = "A7", .what = "price, 5 greeks", .size = "one option", .scalar = "double"}, o);
    c.add(kind::chainfold, "", [&]() INLINED {
        unknown(in);
        keep(call(in));
    });
    const auto rival = [&](kind is, const char* style, auto f) {
        same(style, f);
        c.add(is, style, [&, f]() INLINED {
            unknown(in);
            const hand::result to = f(in);
            keep(to);
        });
    };
    rival(kind::by_hand, "inlined functions", [](const hand::input& at) { return hand::inlined(at); });
    rival(kind::by_hand, "inlined, side by side", [](const hand::input& at) { return hand::side_by_side(at); });
    rival(kind::by_hand, "-ffast-math", hand::fast_math);
    rival(kind::standard_library, "", [](const hand::input& at) { return hand::standard_library(at); });
    c.run();
    return equal.exit_code();
}
