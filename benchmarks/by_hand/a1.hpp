// SPDX-License-Identifier: BSL-1.0
#pragma once

// A1: y = sin x e^(-x²) + log(1 + x²) and its derivative, by hand.

#include <cmath>

#include "double_math.hpp"

namespace by_hand::a1 {

struct result {
    double value, derivative;
};

/// What most engineers write.
inline result standard_library(double x) {
    const double u = 1 + x * x, e = std::exp(-x * x);
    return {std::sin(x) * e + std::log(u), (std::cos(x) - 2 * x * std::sin(x)) * e + 2 * x / u};
}

/// One inlined function for all: the four polynomials are evaluated side by side.
[[gnu::always_inline]] inline result inlined(double x) {
    const double q = x * x, u = 1 + q, e = exp(-(q > 700 ? 700 : q));
    const auto [s, c] = sincos(x);
    return {s * e + log(u), (c - 2 * x * s) * e + 2 * x / u};
}

/// The first of these under -ffast-math.
result fast_math(double x);

}  // namespace by_hand::a1
