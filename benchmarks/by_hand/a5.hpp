// SPDX-License-Identifier: BSL-1.0
#pragma once

// A5: the logarithm of the normal density of a thousand observations, Σ −((x − m)/s)²/2 − log s − log(2π)/2, and its
// derivatives by the mean m, the scale s and every observation, by hand.

#include <cmath>

#include "libmvec.hpp"

namespace by_hand::a5 {

inline constexpr int n = 1000;
inline constexpr double half_log_two_pi = 0.918938533204672742;

struct result {
    alignas(64) double x[n];  // or each store lies over two lines of the cache
    double mean, scale, value;
};

/// What most engineers write.
inline void standard_library(const double* x, double mean, double scale, result& to) {
    to.value = to.mean = to.scale = 0;
    for (int i = 0; i < n; ++i) {
        const double z = (x[i] - mean) / scale;
        to.value += -0.5 * z * z - std::log(scale) - half_log_two_pi;
        to.mean += z / scale;
        to.scale += (z * z - 1) / scale;
        to.x[i] = -z / scale;
    }
}

/// One pass with two sums, under -ffast-math.
void fast_math(const double* x, double mean, double scale, result& to);

/// The same with eight sums of eight.
[[gnu::always_inline]] inline void in_vectors(const double* x, double mean, double scale, result& to) {
    const double inverse = 1 / scale, precision = inverse * inverse;
    eight first[4] = {}, second[4] = {};
    const auto at = [&](int i, int r) __attribute__((always_inline)) {
        const eight d = load<eight>(x + i) - mean;
        first[r] += d;
        second[r] += d * d;
        store(to.x + i, d * -precision);
    };
    for (int i = 0; i < n - 8; i += 32)  // 31 times
        for (int r = 0; r < 4; ++r) at(i + 8 * r, r);
    at(n - 8, 0);
    const double d = total((first[0] + first[1]) + (first[2] + first[3])),
                 d2 = total((second[0] + second[1]) + (second[2] + second[3])) * precision;
    to.value = -0.5 * d2 - n * (log(scale) + half_log_two_pi);
    to.mean = d * precision;
    to.scale = (d2 - n) * inverse;
}

}  // namespace by_hand::a5
