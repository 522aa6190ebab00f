// SPDX-License-Identifier: BSL-1.0
// A5: the normal log-density of a thousand observations and its 1002 derivatives.
#include <array>
#include <cstddef>

#include <chainfold/chainfold.hpp>

#include "by_hand/a5.hpp"
#include "contest.hpp"

namespace cf = chainfold;
namespace hand = by_hand::a5;
using namespace chainfold::literals;
using namespace benchmark;

constexpr auto x = cf::input<"x", 1000>;
constexpr auto m = cf::parameter<"m">;
constexpr auto s = cf::parameter<"s">;
constexpr auto density = sum(-0.5_c * square((x - m) / s) - log(s) - 0.918938533204672742_c);

// Where a load's address ends with the same twelve bits as that of a store just before it, it waits for the store;
// which contestant's results stand so to the observations, a compiler decides as it comes.  Here all results begin with
// a page, and the observations in the middle of one.
constexpr std::size_t page = 4096;
struct in_the_middle {
    alignas(page) std::byte before[page / 2];
    std::array<double, 1000> numbers;
};

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    alignas(page) static auto program = cf::compile<double>(value_and_gradient(density, m, s, x));
    static in_the_middle observations;
    auto& at = observations.numbers;
    for (int i = 0; i < 1000; ++i) at[static_cast<std::size_t>(i)] = 2.5 + 3 * std::sin(0.7 * i + 0.001 * i * i);
    double mean = 2.4, scale = 1.9;

    equality equal;
    contest c({.name = "A5", .what = "gradient", .size = "1000 observations", .scalar = "double"}, o);
    c.add(kind::chainfold, "", [&]() INLINED {
        unknown(at);
        unknown(mean);
        unknown(scale);
        const auto r = program(x = at, m = mean, s = scale);
        keep(r.value);
        keep(*r.gradient.data());
    });
    const auto rival = [&](kind k, const char* style, auto f) {
        struct alignas(page) placed : hand::result {};
        placed result;
        const auto r = program(x = at, m = mean, s = scale);
        f(at.data(), mean, scale, result);
        equal.require(style, &result.mean, r.gradient.data(), 1, 1e-13);
        equal.require(style, &result.scale, r.gradient.data() + 1, 1, 1e-13);
        equal.require(style, result.x, r.gradient.data() + 2, 1000, 1e-14);
        equal.require(style, &result.value, &r.value, 1, 1e-13);
        c.add(k, style, [&, f, result]() MUTABLE_INLINED {
            unknown(at);
            unknown(mean);
            unknown(scale);
            f(at.data(), mean, scale, result);
            keep(result);
        });
    };
    rival(kind::by_hand, "vector extensions",
          [](const double* v, double a, double b, hand::result& to) { hand::in_vectors(v, a, b, to); });
    rival(kind::by_hand, "-ffast-math", hand::fast_math);
    rival(kind::standard_library, "",
          [](const double* v, double a, double b, hand::result& to) { hand::standard_library(v, a, b, to); });
    c.run();
    return equal.exit_code();
}
