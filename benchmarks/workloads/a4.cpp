// SPDX-License-Identifier: BSL-1.0
// A4: log-sum-exp of a hundred numbers and its gradient.
#include <chainfold/chainfold.hpp>

#include "by_hand/a4.hpp"
#include "contest.hpp"

namespace cf = chainfold;
namespace hand = by_hand::a4;
using namespace benchmark;

constexpr auto x = cf::input<"x", 100>;
constexpr auto y = log_sum_exp(x);

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto program = cf::compile<double>(value_and_gradient(y, x));
    std::array<double, 100> at;
    for (int i = 0; i < 100; ++i) at[static_cast<std::size_t>(i)] = 3 * std::sin(0.7 * i) + 0.01 * i;

    equality equal;
    contest c({.name = "A4", .what = "gradient", .size = "100 numbers", .scalar = "double"}, o);
    c.add(kind::chainfold, "", [&]() INLINED {
        unknown(at);
        const auto r = program(x = at);
        keep(r.value);
        keep(*r.gradient.data());
    });
    const auto rival = [&](kind k, const char* style, auto f) {
        hand::result result;
        const auto r = program(x = at);
        f(at.data(), result);
        equal.require(style, result.gradient, r.gradient.data(), 100, 1e-14);
        equal.require(style, &result.value, &r.value, 1, 1e-14);
        c.add(k, style, [&at, f, result]() MUTABLE_INLINED {
            unknown(at);
            f(at.data(), result);
            keep(result);
        });
    };
    rival(kind::by_hand, "vector extensions", [](const double* v, hand::result& to) {
        hand::in_vectors([](auto u) __attribute__((always_inline)) { return by_hand::exp(u); }, v, to);
    });
#if defined(BY_HAND_LIBMVEC)
    rival(kind::by_hand, "libmvec", [](const double* v, hand::result& to) {
        hand::in_vectors([](auto u) { return by_hand::libmvec::exp(u); }, v, to);
    });
#endif
    rival(kind::by_hand, "-ffast-math", hand::fast_math);
    rival(kind::standard_library, "", [](const double* v, hand::result& to) { hand::standard_library(v, to); });
    c.run();
    return equal.exit_code();
}
