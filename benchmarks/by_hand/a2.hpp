// SPDX-License-Identifier: BSL-1.0
#pragma once

// A2: the loss (σ(w2 σ(w1 x + b1) + b2) − t)² of two neurons and its derivatives by w1, b1, w2, b2, by hand.

#include <cmath>

#include "double_math.hpp"

namespace by_hand::a2 {

struct input {
    double x, t, w1, b1, w2, b2;
};
struct result {
    double w1, b1, w2, b2, value;
};

template <class Exp>
[[gnu::always_inline]] inline result with(Exp exponential, const input& in) {
    const double a1 = 1 / (1 + exponential(-(in.w1 * in.x + in.b1)));
    const double a2 = 1 / (1 + exponential(-(in.w2 * a1 + in.b2)));
    const double e = a2 - in.t, d2 = 2 * e * a2 * (1 - a2), d1 = d2 * in.w2 * a1 * (1 - a1);
    return {d1 * in.x, d1, d2 * a1, d2, e * e};
}

/// What most engineers write.
inline result standard_library(const input& in) {
    return with([](double v) { return std::exp(v); }, in);
}
inline result inlined(const input& in) {
    return with([](double v) __attribute__((always_inline)) { return exp(v > 700 ? 700 : v); }, in);
}
/// The first of these under -ffast-math.
result fast_math(const input& in);

}  // namespace by_hand::a2
