// SPDX-License-Identifier: BSL-1.0
#pragma once

// 1 / (1 + e^-x) for float with AVX-512, whose registers hold sixteen powers of two:
//
//     c e^-x = T 2^k e^r,   16 k + j = n = round(-16 x / ln 2),   T = c 2^(j/16) e^d,   r = -x - n ln(2) / 16 - d,
//     1 / (1 + e^-x) = c / ((T 2^k + c) + T 2^k (e^r - 1)).
//
// The d of an entry, at most 0.0008, is chosen so that T has ten bits. T 2^k + c then is exact, or one of the two is
// less than the other's last place, so that it can be summed while e^r - 1 is waited for.  The last places of a sum
// and a quotient are largest beside their size at powers of two: c is such that the two are not there together, and
// the error is at most 1.9 places.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/exponential.hpp>
#include <chainfold/math/instructions.hpp>

namespace chainfold::math::detail {

/// The bits of entry J of T, to which those of n, where one is 1/16, are added.
template <int J>
constexpr std::uint32_t root_less_its_place(float root) {
    return __builtin_bit_cast(std::uint32_t, root) - (J << 19);
}
struct sigmoid_table {
    static constexpr float common = 0x1.78p-40f;  // c, so small that c e^-x is finite
    static constexpr float ln2_high = 0x1.62ep-5f, ln2_low = 0x1.0bfbe8p-19f;  // of ln(2) / 16; n times the first is exact
    static constexpr half_table<std::uint32_t> roots{
        {root_less_its_place<0>(0x1.78p-40f), root_less_its_place<1>(0x1.888p-40f), root_less_its_place<2>(0x1.9ap-40f),
         root_less_its_place<3>(0x1.acp-40f), root_less_its_place<4>(0x1.bfp-40f), root_less_its_place<5>(0x1.d3p-40f),
         root_less_its_place<6>(0x1.e78p-40f), root_less_its_place<7>(0x1.fdp-40f)},
        {root_less_its_place<8>(0x1.0ap-39f), root_less_its_place<9>(0x1.158p-39f),
         root_less_its_place<10>(0x1.22p-39f), root_less_its_place<11>(0x1.2fp-39f),
         root_less_its_place<12>(0x1.3cp-39f), root_less_its_place<13>(0x1.4ap-39f),
         root_less_its_place<14>(0x1.59p-39f), root_less_its_place<15>(0x1.68p-39f)}};
    static constexpr half_table<float> distances{  // d
        {0, -0x1.887cb8p-12f, -0x1.3c2c04p-14f, -0x1.c3fb8ap-12f, -0x1.4cc25cp-12f, 0x1.140724p-13f, -0x1.e057f4p-13f,
         -0x1.9c1c0ep-12f},
        {0x1.f81bdep-12f, -0x1.0eb32p-11f, 0x1.d18278p-13f, 0x1.8a58acp-11f, -0x1.25acp-11f, -0x1.169a4ep-11f,
         0x1.39e04ap-11f, -0x1.56b3c4p-13f}};
};

/// For -104 <= x <= 20; any number for other x, NaN for NaN.
template <class V>
CHAINFOLD_INLINE inline V sigmoid_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = exp_constants<float>;
    using table = sigmoid_table;
    const V shifted = protect(c::shifter - x * (16 * c::log2_e)), n = protect(shifted - c::shifter);
    const auto i = to_bits(shifted);  // n in its low bits
    const V high = protect(-x - n * table::ln2_high);
    const V r = high - protect(n * table::ln2_low + entry<V>(table::distances, i));
    const V scale = from_bits<V>(entry<uint_of<V>>(table::roots, i) + (i << 19));  // T 2^k
    const V p = protect(r + r * r * (r * 0x1.5555ap-3f + 0x1.000244p-1f));                 // e^r - 1
    return quotient(splat<V>(table::common), scale * p + protect(scale + table::common));
}

}  // namespace chainfold::math::detail
