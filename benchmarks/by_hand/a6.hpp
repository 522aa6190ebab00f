// SPDX-License-Identifier: BSL-1.0
#pragma once

// A6: ‖A w − y‖² with a matrix of 100 × 10, and its gradient 2 Aᵀ (A w − y), by hand.

#include "double_math.hpp"

namespace by_hand::a6 {

inline constexpr int rows = 100, columns = 10;

struct input {
    double a[rows * columns], w[columns], y[rows];
};
struct result {
    double gradient[columns], value;
};

/// What most engineers write.
inline void plain_loops(const input& in, result& to) {
    to = {};
    for (int i = 0; i < rows; ++i) {
        double r = -in.y[i];
        for (int j = 0; j < columns; ++j) r += in.a[i * columns + j] * in.w[j];
        to.value += r * r;
        for (int j = 0; j < columns; ++j) to.gradient[j] += 2 * r * in.a[i * columns + j];
    }
}

/// The same under -ffast-math.
void fast_math(const input& in, result& to);

/// Four rows at a time, each in registers of four, four and two numbers, read once.
[[gnu::always_inline]] inline void in_vectors(const input& in, result& to) {
    typedef double two __attribute__((vector_size(16)));
    const four w0 = load<four>(in.w), w1 = load<four>(in.w + 4);
    const two w2 = load<two>(in.w + 8);
    four g0[2] = {}, g1[2] = {}, squares = {};
    two g2[2] = {};
    for (int i = 0; i < rows; i += 4) {
        four a0[4], a1[4], p[4];
        two a2[4];
        for (int k = 0; k < 4; ++k) {
            const double* const row = in.a + (i + k) * columns;
            a0[k] = load<four>(row);
            a1[k] = load<four>(row + 4);
            a2[k] = load<two>(row + 8);
            const two q = a2[k] * w2;
            p[k] = a0[k] * w0 + (a1[k] * w1 + __builtin_shufflevector(q, two{}, 0, 1, 2, 3));
        }
        const four p01 =
            __builtin_shufflevector(p[0], p[1], 0, 4, 2, 6) + __builtin_shufflevector(p[0], p[1], 1, 5, 3, 7);
        const four p23 =
            __builtin_shufflevector(p[2], p[3], 0, 4, 2, 6) + __builtin_shufflevector(p[2], p[3], 1, 5, 3, 7);
        const four r = __builtin_shufflevector(p01, p23, 0, 1, 4, 5) + __builtin_shufflevector(p01, p23, 2, 3, 6, 7) -
                       load<four>(in.y + i);
        squares += r * r;
        for (int k = 0; k < 4; ++k) {
            g0[k % 2] += a0[k] * r[k];
            g1[k % 2] += a1[k] * r[k];
            g2[k % 2] += a2[k] * r[k];
        }
    }
    store(to.gradient, 2 * (g0[0] + g0[1]));
    store(to.gradient + 4, 2 * (g1[0] + g1[1]));
    store(to.gradient + 8, 2 * (g2[0] + g2[1]));
    to.value = total(squares);
}

/// Eigen's fixed sizes (libraries/a6.cpp); false if it is not installed.
bool eigen(const input& in, result& to);

}  // namespace by_hand::a6
