// SPDX-License-Identifier: BSL-1.0
#pragma once

// A3: Rosenbrock's function of ten variables, Σ 100 (x[i+1] − x[i]²)² + (1 − x[i])² over i < 9, by hand: value and
// gradient, and the Hessian, which has three diagonals.

#include <utility>

#include "double_math.hpp"

namespace by_hand::a3 {

inline constexpr int n = 10;

struct slopes {
    double gradient[n], value;
};
struct curvature {
    double hessian[n][n];
};

/// What most engineers write.
inline void gradient_in_a_loop(const double* x, slopes& to) {
    to.value = 0;
    to.gradient[0] = 0;
    for (int i = 0; i < n - 1; ++i) {
        const double t = x[i + 1] - x[i] * x[i], u = 1 - x[i];
        to.value += 100 * t * t + u * u;
        to.gradient[i] += -400 * x[i] * t - 2 * u;
        to.gradient[i + 1] = 200 * t;
    }
}
inline void hessian_in_a_loop(const double* x, curvature& to) {
    to = {};
    for (int i = 0; i < n - 1; ++i) {
        to.hessian[i][i] += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
        to.hessian[i + 1][i + 1] = 200;
        to.hessian[i][i + 1] = to.hessian[i + 1][i] = -400 * x[i];
    }
}

/// The same under -ffast-math.
void fast_math(const double* x, slopes& to);
void fast_math(const double* x, curvature& to);

/// Terms 0 to 7 in a register, term 8 apart.
[[gnu::always_inline]] inline void gradient_in_vectors(const double* x, slopes& to) {
    const eight a = load<eight>(x), t = load<eight>(x + 1) - a * a, u = 1 - a;
    const double last = x[9] - x[8] * x[8], last_u = 1 - x[8];
    const eight right = 200 * t;
    const eight left = -2 * (a * right + u);
    to.value = total(100 * (t * t) + u * u) + (100 * (last * last) + last_u * last_u);
    const eight shifted = __builtin_shufflevector(right, eight{}, 8, 0, 1, 2, 3, 4, 5, 6);
    store(to.gradient, left + shifted);
    to.gradient[8] = -2 * (x[8] * (200 * last) + last_u) + right[7];
    to.gradient[9] = 200 * last;
}

/// Row i has three numbers, side by side from entry 11 i − 1 on, and seven zeros until the next three: two stores.
template <int... I>
[[gnu::always_inline]] inline void hessian_rows(double* h, eight side, eight middle, std::integer_sequence<int, I...>) {
    const auto three = [&]<int N>(std::integral_constant<int, N>) __attribute__((always_inline)) {
        const eight both = __builtin_shufflevector(side, middle, N, 9 + N, N + 1, 0, 0, 0, 0, 0);
        const eight_words kept = {~0ul, ~0ul, ~0ul, 0, 0, 0, 0, 0};
        store(h + 11 * N + 10, bits_as<eight>(bits_as<eight_words>(both) & kept));
        store(h + 11 * N + 17, four{});
    };
    (three(std::integral_constant<int, I>{}), ...);
}
[[gnu::always_inline]] inline void hessian_in_vectors(const double* x, curvature& to) {
    double* const h = &to.hessian[0][0];
    const eight a = load<eight>(x), side = -400 * a;
    const eight middle = 1200 * a * a - 400 * load<eight>(x + 1) + eight{2, 202, 202, 202, 202, 202, 202, 202};
    store(h, eight{middle[0], side[0]});
    store(h + 6, four{});
    hessian_rows(h, side, middle, std::make_integer_sequence<int, 7>{});
    const double last = -400 * x[8];
    store(h + 87, four{side[7], 1200 * x[8] * x[8] - 400 * x[9] + 202, last, 0});
    store(h + 91, four{});
    store(h + 94, four{});
    h[98] = last;
    h[99] = 200;
}

}  // namespace by_hand::a3
