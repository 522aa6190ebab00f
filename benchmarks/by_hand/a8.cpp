// SPDX-License-Identifier: BSL-1.0
#include "a8.hpp"

namespace by_hand::a8 {

void fast_math(const input& in, result& to) { standard_library(in, to); }

}  // namespace by_hand::a8
