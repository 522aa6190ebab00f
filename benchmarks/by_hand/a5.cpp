// SPDX-License-Identifier: BSL-1.0
#include "a5.hpp"

namespace by_hand::a5 {

void fast_math(const double* __restrict x, double mean, double scale, result& __restrict to) {
    const double precision = 1 / (scale * scale);
    double first = 0, second = 0;
    for (int i = 0; i < n; ++i) {
        const double d = x[i] - mean;
        first += d;
        second += d * d;
        to.x[i] = -precision * d;
    }
    second *= precision;
    to.value = -0.5 * second - n * (std::log(scale) + half_log_two_pi);
    to.mean = first * precision;
    to.scale = (second - n) / scale;
}

}  // namespace by_hand::a5
