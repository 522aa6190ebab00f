// SPDX-License-Identifier: BSL-1.0
#pragma once

// sigmoid with AVX-512, by the tables of e^x (exponential_table.hpp):
//
//     1 / (1 + e^-x) = c / (c + c e^-x),   c e^-x = 2^((n - k)/N) e^r = S (1 + p),   r = -x - n ln(2) / N,
//
// where c = 2^(-k/N - an integer) is rounded, and p makes up for that and for the rounding of S.  The sum is
// (S p + the smaller of S and c) + the larger of them.  With k = 0 it would be just above a power of two where sigmoid
// is just below one, 1/2, and both the sum and the quotient would lose most: hence k.  The integer keeps c e^-x finite.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/exponential_table.hpp>

namespace chainfold::math::detail {

/// 2^(j/32) = root (1 + rest), where root is rounded; rest is without that of c.
inline constexpr register_table<float> roots_of_two_in_float{
    {0x1p0f, 0x1.059b0ep0f, 0x1.0b5586p0f, 0x1.11301ep0f, 0x1.172b84p0f, 0x1.1d4874p0f, 0x1.2387a6p0f, 0x1.29e9ep0f,
     0x1.306fep0f, 0x1.371a74p0f, 0x1.3dea64p0f, 0x1.44e086p0f, 0x1.4bfdaep0f, 0x1.5342b6p0f, 0x1.5ab07ep0f,
     0x1.6247ecp0f},
    {0x1.6a09e6p0f, 0x1.71f75ep0f, 0x1.7a1148p0f, 0x1.82589ap0f, 0x1.8ace54p0f, 0x1.93737cp0f, 0x1.9c4918p0f,
     0x1.a5503cp0f, 0x1.ae89fap0f, 0x1.b7f77p0f, 0x1.c199bep0f, 0x1.cb720ep0f, 0x1.d5818ep0f, 0x1.dfc974p0f,
     0x1.ea4afap0f, 0x1.f50766p0f}};
inline constexpr register_table<float> rests_of_roots_in_float{
    {0x1.6961b4p-28f, -0x1.6747dep-25f, 0x1.bac30ap-25f, -0x1.b076c6p-25f, -0x1.ceb68ep-28f, -0x1.75cf7cp-25f,
     0x1.c3753ap-25f, -0x1.fbc30ap-26f, 0x1.3f7c38p-25f, -0x1.739062p-26f, 0x1.64381cp-25f, 0x1.b63d2cp-28f,
     -0x1.ba1234p-26f, -0x1.6ae948p-26f, -0x1.309f48p-29f, -0x1.3f864ep-25f},
    {0x1.805dcap-26f, 0x1.e58426p-26f, -0x1.b13e1cp-26f, -0x1.8391aap-27f, 0x1.6881cp-27f, -0x1.07622p-25f,
     0x1.868bccp-27f, -0x1.bca522p-26f, -0x1.45122cp-27f, -0x1.8a7018p-26f, 0, -0x1.2ecda6p-30f, -0x1.ddfe48p-31f,
     -0x1.5118c4p-26f, 0x1.65522p-27f, -0x1.d89476p-29f}};

/// N, ln(2) / N in two parts, c and the power of two that is in it, and between which x the result is neither 0 nor 1.
template <class T>
struct sigmoid_constants;

template <>
struct sigmoid_constants<float> {
    static constexpr float in_one = 0x1.715476p5f, shifter = 0x1.8p23f - 6;
    static constexpr float high = 0x1.62e43p-6f, low = -0x1.05c61p-34f;
    static constexpr float common = 0x1.c199bep-41f, power = -40.1875f;
    static constexpr float lowest = -104, highest = 20;
    static constexpr int entries = 32;
};
template <>
struct sigmoid_constants<double> {
    static constexpr double in_one = sixteenths::in_one, shifter = sixteenths::shifter - 3;
    static constexpr double high = 0x1.62e42fefa39efp-5, low = 0x1.abc9e3b39803fp-60;
    static constexpr double common = 0x1.c199bdd85529cp-65, power = -64.1875, rest = 0x1.36eae30af0cb3p-56;
    static constexpr double lowest = -746, highest = 40;
    static constexpr int entries = 16;
};

/// 1 / (1 + e^-x), for a register of numbers.  Bounds that keep NaN take twice as long as one that does not: r, which is
/// needed later than n, has the former.
template <class V>
[[gnu::always_inline]] inline V sigmoid_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using k = sigmoid_constants<T>;
    const V shifted = protect(k::shifter - limited(x, splat<V>(-k::lowest)) * k::in_one);
    const V n = protect(shifted - k::shifter);
    const V minus_r = plus_product(at_least<k::lowest>(at_most<k::highest>(x)), n, splat<V>(k::high));
    const V z = minus_r * minus_r;
    const auto i = to_bits(shifted);
    V root, low, rest;
    if constexpr (std::is_same_v<T, float>) {
        rest = 0.5f - minus_r * 0x1.555556p-3f;
        root = entry<V>(roots_of_two_in_float, i);
        low = entry<V>(rests_of_roots_in_float, i) - n * k::low;
    } else {
        rest = (0x1.0000000000005p-1 - minus_r * 0x1.555555548f7adp-3) +
               z * (z * 0x1.6c1839c0fbefcp-10 + (0x1.555555545fb51p-5 - minus_r * 0x1.11123aa80ec68p-7));
        root = entry<V>(roots_of_two, i);
        const V lost = -(n * k::low + k::rest);
        low = (entry<V>(rests_of_roots, i) + lost) - lost * minus_r;
    }
    const V scale = times_two_to(root, protect(n * (T(1) / k::entries) + k::power)), c = splat<V>(k::common);
    const V p = protect(z * rest + protect(low - minus_r));
    return quotient(c, protect(scale * p + bounded<false>(c, scale)) + bounded<true>(c, scale));
}

}  // namespace chainfold::math::detail
