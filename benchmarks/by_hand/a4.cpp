// SPDX-License-Identifier: BSL-1.0
#include "a4.hpp"

namespace by_hand::a4 {

void fast_math(const double* x, result& to) {
    double largest = x[0], sum = 0;
    for (int i = 1; i < n; ++i) largest = x[i] > largest ? x[i] : largest;
    for (int i = 0; i < n; ++i) to.gradient[i] = std::exp(x[i] - largest);
    for (int i = 0; i < n; ++i) sum += to.gradient[i];
    to.value = largest + std::log(sum);
    const double factor = 1 / sum;
    for (double& g : to.gradient) g *= factor;
}

}  // namespace by_hand::a4
