// SPDX-License-Identifier: BSL-1.0
// Compiled with -ffast-math: sums in any order, and the C library's vector functions.
#include "by_hand/networks/loops.hpp"

namespace by_hand {

template class loops<benchmark::n1<float>, style::fast_math>;
template class loops<benchmark::n1<double>, style::fast_math>;
template class loops<benchmark::n2, style::fast_math>;
template class loops<benchmark::n3, style::fast_math>;
template class loops<benchmark::n4, style::fast_math>;
template class loops<benchmark::n5, style::fast_math>;

}  // namespace by_hand
