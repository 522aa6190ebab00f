// SPDX-License-Identifier: BSL-1.0
// A6: linear least squares, ‖A w − y‖² with a matrix of 100 × 10, and its gradient.
#include <chainfold/chainfold.hpp>

#include "by_hand/a6.hpp"
#include "contest.hpp"

namespace cf = chainfold;
namespace hand = by_hand::a6;
using namespace benchmark;

constexpr auto A = cf::input<"A", 100, 10>;
constexpr auto y = cf::input<"y", 100>;
constexpr auto w = cf::parameter<"w", 10>;
constexpr auto loss = squared_norm(A * w - y);

int main(int count, char** arguments) {
    const options o = options::from(count, arguments);
    auto program = cf::compile<double>(value_and_gradient(loss, w));
    static hand::input in;
    for (int i = 0; i < 1000; ++i) in.a[i] = std::sin(0.7 * i + 0.001 * i * i);
    for (int i = 0; i < 100; ++i) in.y[i] = std::cos(0.9 * i);
    for (int i = 0; i < 10; ++i) in.w[i] = 0.3 * i - 1.1;

    equality equal;
    contest c({.name = "A6", .what = "gradient", .size = "100 x 10", .scalar = "double", .flops = 4200}, o);
    c.add(kind::chainfold, "", [&]() INLINED {
        unknown(in);
        const auto r = program(A = in.a, w = in.w, y = in.y);
        keep(r.value);
        keep(*r.gradient.data());
    });
    const auto rival = [&](kind k, const char* style, auto f) {
        hand::result result;
        const auto r = program(A = in.a, w = in.w, y = in.y);
        f(in, result);
        equal.require(style, result.gradient, r.gradient.data(), 10, 1e-13);
        equal.require(style, &result.value, &r.value, 1, 1e-13);
        c.add(k, style, [&, f, result]() MUTABLE_INLINED {
            unknown(in);
            f(in, result);
            keep(result);
        });
    };
    rival(kind::by_hand, "vector extensions", [](const auto& v, hand::result& to) { hand::in_vectors(v, to); });
    rival(kind::by_hand, "-ffast-math", hand::fast_math);
    rival(kind::standard_library, "plain loops", [](const auto& v, hand::result& to) { hand::plain_loops(v, to); });
    hand::result unused;
    if (hand::eigen(in, unused)) rival(kind::library, "Eigen", [](const auto& v, auto& to) { hand::eigen(v, to); });
    c.run();
    return equal.exit_code();
}
