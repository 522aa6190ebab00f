// SPDX-License-Identifier: BSL-1.0
#include "a3.hpp"

namespace by_hand::a3 {

void fast_math(const double* x, slopes& to) { gradient_in_a_loop(x, to); }
void fast_math(const double* x, curvature& to) { hessian_in_a_loop(x, to); }

}  // namespace by_hand::a3
