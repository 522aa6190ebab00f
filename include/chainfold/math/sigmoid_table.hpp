// SPDX-License-Identifier: BSL-1.0
#pragma once

// 1 / (1 + e^-x) with AVX-512, whose registers hold s = 16 powers of two for float, 8 for double:
//
//     c e^-x = T 2^k e^r,   s k + j = n = round(-s x / ln 2),   T = c 2^(j/s) e^d,   r = -x - n ln(2) / s - d,
//     1 / (1 + e^-x) = c / ((T 2^k + c) + T 2^k (e^r - 1)).
//
// The d of an entry is chosen so that T has few bits.  T 2^k + c then is exact, or one of the two is less than the
// other's last place, so that it can be summed while e^r - 1 is waited for.  The last places of a sum and a quotient
// are largest beside their size at powers of two: c is such that the two are not there together, and the error is at
// most 1.9 places.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/exponential.hpp>
#include <chainfold/math/instructions.hpp>

namespace chainfold::math::detail {

/// s, and where an s-th stands in an exponent.
template <class T>
inline constexpr int steps_of_roots = sizeof(T) == 4 ? 16 : 8;
template <class T>
inline constexpr int place_of_step =
    format<T>::mantissa_bits - std::countr_zero(static_cast<unsigned>(steps_of_roots<T>));
/// The bits of entry J of T, to which those of n are added, shifted to that place.
template <int J, class T>
constexpr uint_of<T> root_less_its_place(T root) {
    return __builtin_bit_cast(uint_of<T>, root) - (uint_of<T>{J} << place_of_step<T>);
}

template <class T>
struct sigmoid_table;

template <>
struct sigmoid_table<float> {
    static constexpr float common = 0x1.78p-40f;  // c, so small that c e^-x is finite
    static constexpr float ln2_high = 0x1.62ep-5f,
                           ln2_low = 0x1.0bfbe8p-19f;  // of ln(2) / s; n times the first is exact
    static constexpr half_table<std::uint32_t> roots{
        // T
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
    /// (e^r - 1 - r) / r²
    template <class V>
    CHAINFOLD_INLINE static V rest(V r) {
        return polynomial(r, 0x1.000244p-1f, 0x1.5555ap-3f);
    }
};

template <>
struct sigmoid_table<double> {
    static constexpr double common = 0x1.78p-64;
    static constexpr double ln2_high = 0x1.62e42fefap-4, ln2_low = 0x1.cf79abc9e3b3ap-43;
    static constexpr half_table<std::uint64_t> roots{
        {root_less_its_place<0>(0x1.78p-64), root_less_its_place<1>(0x1.9a07ep-64),
         root_less_its_place<2>(0x1.bf246p-64), root_less_its_place<3>(0x1.e79cap-64)},
        {root_less_its_place<4>(0x1.09df4p-63), root_less_its_place<5>(0x1.21ef8p-63),
         root_less_its_place<6>(0x1.3c2d6p-63), root_less_its_place<7>(0x1.58cb2p-63)}};
    static constexpr half_table<double> distances{
        {0, -0x1.7db55eab4d07ap-22, 0x1.01aae1ffec9ffp-21, 0x1.3cc7c01e428b1p-22},
        {-0x1.40b797f381d0ap-22, -0x1.4703c8007bc11p-22, 0x1.4957b3538cfc7p-21, -0x1.89b7106660a7ap-23}};
    template <class V>
    CHAINFOLD_INLINE static V rest(V r) {
        return polynomial(r, 0x1.000000000002ep-1, 0x1.555555555556ap-3, 0x1.5555554e9444ap-5, 0x1.1111110e1098fp-7,
                          0x1.6c1b70fce75cfp-10, 0x1.a01e2be6c5ce9p-13);
    }
};

/// For e^-x up to 2^150 in float and 2^1076 in double, and x <= 20 and 40; any number for other x, NaN for NaN.
template <class V>
CHAINFOLD_INLINE inline V sigmoid_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = exp_constants<T>;
    using table = sigmoid_table<T>;
    const V shifted = protect(c::shifter - x * (steps_of_roots<T> * c::log2_e)), n = protect(shifted - c::shifter);
    const auto i = to_bits(shifted);  // n in its low bits
    const V high = protect(-x - n * table::ln2_high);
    const V r = high - protect(n * table::ln2_low + entry<V>(table::distances, i));
    const V scale = from_bits<V>(entry<uint_of<V>>(table::roots, i) + (i << place_of_step<T>));  // T 2^k
    const V p = protect(r + r * r * table::rest(r));                                             // e^r - 1
    return quotient(splat<V>(table::common), scale * p + protect(scale + table::common));
}

}  // namespace chainfold::math::detail
