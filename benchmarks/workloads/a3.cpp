// SPDX-License-Identifier: BSL-1.0
// A3: Rosenbrock's function of ten variables: value and gradient, and the Hessian as a derivative of a derivative.
#include <chainfold/chainfold.hpp>

#include "by_hand/a3.hpp"
#include "contest.hpp"

namespace cf = chainfold;
namespace hand = by_hand::a3;
using namespace chainfold::literals;
using namespace benchmark;

constexpr auto x = cf::input<"x", 10>;
constexpr auto left = slice<0, 9>(x);
constexpr auto right = slice<1, 9>(x);
constexpr auto y = sum(100_c * square(right - square(left)) + square(1_c - left));
constexpr auto hessian = derivative(derivative(y, x), x);

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto slopes = cf::compile<double>(value_and_gradient(y, x));
    auto curvature = cf::compile<double>(hessian);
    std::array<double, 10> at{-1.2, 1, 0.3, 0.5, -0.7, 2, 1.5, -0.1, 0.9, 1.1};

    equality equal;
    const auto r = slopes(x = at);
    const auto h = curvature(x = at);
    const auto same = [&](const char* style, auto gradient_by_hand, auto hessian_by_hand) {
        hand::slopes g;
        gradient_by_hand(at.data(), g);
        equal.require(style, g.gradient, r.gradient.data(), 10, 1e-14);
        equal.require(style, &g.value, &r.value, 1, 1e-14);
        hand::curvature c;
        hessian_by_hand(at.data(), c);
        equal.require(style, &c.hessian[0][0], h.data(), 100, 1e-14);
    };
    const auto gradient_in_vectors = [](const double* v, hand::slopes& to)
                                         __attribute__((always_inline)) { hand::gradient_in_vectors(v, to); };
    const auto hessian_in_vectors = [](const double* v, hand::curvature& to)
                                        __attribute__((always_inline)) { hand::hessian_in_vectors(v, to); };
    void (*const fast_gradient)(const double*, hand::slopes&) = hand::fast_math;
    void (*const fast_hessian)(const double*, hand::curvature&) = hand::fast_math;
    same("loop", hand::gradient_in_a_loop, hand::hessian_in_a_loop);
    same("vector extensions", gradient_in_vectors, hessian_in_vectors);
    same("fast-math", fast_gradient, fast_hessian);

    const auto rival = [&]<class Result>(contest& c, kind k, const char* style, auto f, Result result) {
        c.add(k, style, [&at, f, result]() MUTABLE_INLINED {
            unknown(at);
            f(at.data(), result);
            keep(result);
        });
    };
    contest first({.name = "A3", .what = "gradient", .size = "10 variables", .scalar = "double"}, o);
    first.add(kind::chainfold, "", [&]() INLINED {
        unknown(at);
        const auto g = slopes(x = at);
        keep(g.value);
        keep(*g.gradient.data());
    });
    rival(first, kind::by_hand, "vector extensions", gradient_in_vectors, hand::slopes{});
    rival(first, kind::by_hand, "-ffast-math", fast_gradient, hand::slopes{});
    rival(
        first, kind::standard_library, "plain loops",
        [](const double* v, hand::slopes& to) { hand::gradient_in_a_loop(v, to); }, hand::slopes{});
    first.run();

    contest second({.name = "A3", .what = "hessian", .size = "10 variables", .scalar = "double"}, o);
    second.add(kind::chainfold, "", [&]() INLINED {
        unknown(at);
        keep(*curvature(x = at).data());
    });
    rival(second, kind::by_hand, "vector extensions", hessian_in_vectors, hand::curvature{});
    rival(second, kind::by_hand, "-ffast-math", fast_hessian, hand::curvature{});
    rival(
        second, kind::standard_library, "plain loops",
        [](const double* v, hand::curvature& to) { hand::hessian_in_a_loop(v, to); }, hand::curvature{});
    second.run();
    return equal.exit_code();
}
