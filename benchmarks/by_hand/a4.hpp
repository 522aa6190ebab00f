// SPDX-License-Identifier: BSL-1.0
#pragma once

// A4: ln Σ exp x of a hundred numbers, safe for numbers of any size, and its gradient, the softmax, by hand.

#include <algorithm>
#include <cmath>

#include "libmvec.hpp"

namespace by_hand::a4 {

inline constexpr int n = 100;

struct result {
    double gradient[n], value;
};

/// What most engineers write.
inline void standard_library(const double* x, result& to) {
    const double largest = *std::max_element(x, x + n);
    double sum = 0;
    for (int i = 0; i < n; ++i) {
        to.gradient[i] = std::exp(x[i] - largest);
        sum += to.gradient[i];
    }
    to.value = largest + std::log(sum);
    for (double& g : to.gradient) g /= sum;
}

/// Loops that a compiler may vectorise, under -ffast-math: g++ calls glibc's vector functions.
void fast_math(const double* x, result& to);

/// Twelve registers of eight and one of four; a vector's exp is inlined, or called.
template <class Exp>
[[gnu::always_inline]] inline void in_vectors(Exp exponential, const double* x, result& to) {
    constexpr double lowest = -708;  // beyond, exp is nearly 0
    eight v[12], most[4];
    const four rest = load<four>(x + 96);
    for (int i = 0; i < 12; ++i) v[i] = load<eight>(x + 8 * i);
    for (int i = 0; i < 4; ++i) most[i] = larger(larger(v[i], v[i + 4]), v[i + 8]);
    const double largest_of_rest = larger(larger(rest[0], rest[1]), larger(rest[2], rest[3]));
    const double m = larger(largest(larger(larger(most[0], most[1]), larger(most[2], most[3]))), largest_of_rest);
    const auto weight = [&](eight u) __attribute__((always_inline)) {
        const eight d = u - m;
        return exponential(d < lowest ? lowest - eight{} : d);
    };
    const eight last = weight(eight{rest[0], rest[1], rest[2], rest[3], rest[0], rest[1], rest[2], rest[3]});
    for (eight& w : v) w = weight(w);
    eight sum = v[0] + v[1];
    for (int i = 2; i < 12; ++i) sum += v[i];
    const double all = total(lower(sum) + upper(sum) + lower(last)), factor = 1 / all;
    for (int i = 0; i < 12; ++i) store(to.gradient + 8 * i, v[i] * factor);
    store(to.gradient + 96, lower(last) * factor);
    to.value = m + log(all);
}

}  // namespace by_hand::a4
