// SPDX-License-Identifier: BSL-1.0
#include "a6.hpp"

namespace by_hand::a6 {

void fast_math(const input& in, result& to) {
    double r[rows], gradient[columns] = {}, squares = 0;
    for (int i = 0; i < rows; ++i) {
        double sum = -in.y[i];
        for (int j = 0; j < columns; ++j) sum += in.a[i * columns + j] * in.w[j];
        r[i] = sum;
    }
    for (int i = 0; i < rows; ++i) {
        squares += r[i] * r[i];
        for (int j = 0; j < columns; ++j) gradient[j] += r[i] * in.a[i * columns + j];
    }
    for (int j = 0; j < columns; ++j) to.gradient[j] = 2 * gradient[j];
    to.value = squares;
}

}  // namespace by_hand::a6
