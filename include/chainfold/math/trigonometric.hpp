// SPDX-License-Identifier: BSL-1.0
#pragma once

// sin and cos.
//
//     x = n pi/2 + r,   n = round(2 x / pi),   |r| <= pi/4,
//
// then sin r or cos r, with a sign, as the last two bits of n say. Up to a bound n has few bits, pi/2 is cut
// into pieces so short that n times a piece is exact, and r comes out to full relative precision even next to
// the zeros (Cody and Waite). Beyond the bound, the digits of 2/pi that matter are multiplied out in integers
// (Payne and Hanek), one lane at a time, and only if some lane needs it.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/bits.hpp>
#include <chainfold/math/root.hpp>
#include <chainfold/math/two_over_pi.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math {

namespace detail {

template <class T>
struct angle_constants;

template <>
struct angle_constants<float> {  // 13 bits each: |n| < 2^11
    static constexpr float bound = 3000, two_over_pi = 0x1.45f306p-1f, shifter = 0x1.8p23f;
    static constexpr float first = 0x1.921p0f, second = 0x1.f6ap-13f, third = 0x1.11p-26f, fourth = 0x1.68c234p-39f;
};
template <>
struct angle_constants<double> {  // 33 bits each: |n| < 2^20
    static constexpr double bound = 1.6e6, two_over_pi = 0x1.45f306dc9c883p-1, shifter = 0x1.8p52;
    static constexpr double first = 0x1.921fb544p0, second = 0x1.0b4611a6p-34, third = 0x1.3198a2ep-69,
                            fourth = 0x1.b839a252049c1p-104;
};

/// x = quadrant · pi/2 + remainder, the quadrant modulo 4.
template <class V>
struct angle {
    V remainder;
    uint_of<V> quadrant;
};

/// For any finite x >= 0, exactly. With x = m 2^e, words of 2/pi that only add multiples of 4 to x · 2/pi are
/// skipped; of the next four, times m, the two bits before the point are the quadrant, those behind it r ·
/// 2/pi.
template <class T>
constexpr angle<T> reduce_exactly(T x) {
    constexpr T quarter_pi = static_cast<T>(0.785398163397448309615660845819875721L);
    using quadrant_type = uint_of<T>;
    if (!(x > quarter_pi)) return {x, 0};
    if (!(x < infinity<T>)) return {not_a_number<T>, 0};
    const parts x_ = take_apart(x);
    // x · 2/pi = m · sum word_i 2^(e - 64 (i + 1)); digits of weight 4 or more in all of the product fall
    // away.
    const int skip = x_.exponent > 2 ? x_.exponent - 2 : 0, word = skip / 64, offset = skip % 64;
    std::uint64_t window[4]{};
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t high = two_over_pi[word + i], low = two_over_pi[word + i + 1];
        window[i] = offset == 0 ? high : (high << offset) | (low >> (64 - offset));
    }
    std::uint64_t carry = 0;
    for (int i = 3; i >= 0; --i) {
        const wide_integer product = static_cast<wide_integer>(x_.significand) * window[i] + carry;
        window[i] = static_cast<std::uint64_t>(product);
        carry = static_cast<std::uint64_t>(product >> 64);
    }
    // carry . window = m · (skipped fraction of 2/pi) = x · 2/pi / 2^(exponent - skip), modulo 2^64
    const int point = x_.exponent - skip;  // 2, or less when x is not large: the binary point's place
    std::uint64_t fraction[6] = {0, carry, window[0], window[1], window[2], window[3]};
    const int left = point + 126;  // shift so that the two bits before the point are the highest
    const int words = left / 64, rest = left % 64;
    for (int i = 0; i < 6; ++i) {
        const std::uint64_t high = i + words < 6 ? fraction[i + words] : 0;
        const std::uint64_t low = i + words + 1 < 6 ? fraction[i + words + 1] : 0;
        fraction[i] = rest == 0 ? high : (high << rest) | (low >> (64 - rest));
    }
    auto quadrant = static_cast<quadrant_type>(fraction[0] >> 62);
    const bool above_half = (fraction[0] >> 61 & 1) != 0;
    if (above_half) {  // r < 0: continue with 1 - fraction
        quadrant = (quadrant + 1) & 3;
        for (std::uint64_t& f : fraction) f = ~f;
    }
    fraction[0] &= ~std::uint64_t{0} >> 2;
    int lead = 0;
    while (lead < 3 && fraction[lead] == 0) ++lead;
    const int zeros = std::countl_zero(fraction[lead]);
    const auto digits = [&](int index) {
        return zeros == 0 ? fraction[index] : (fraction[index] << zeros) | (fraction[index + 1] >> (64 - zeros));
    };
    // digits 2^-(zeros + 64 lead + 62) times pi/2 = 0xc90fdaa22168c234.c4c6… 2^-63, to 128 bits, rounded to
    // 64
    const auto times = [](std::uint64_t one, std::uint64_t other) { return static_cast<wide_integer>(one) * other; };
    wide_integer product = times(digits(lead), 0xc90fdaa22168c234u) + (times(digits(lead), 0xc4c6628b80dc1cd1u) >> 64) +
                           (times(digits(lead + 1), 0xc90fdaa22168c234u) >> 64);
    const int normal = product >> 127 == 0 ? 1 : 0;
    product <<= normal;
    const T high = static_cast<T>(static_cast<std::uint64_t>(product >> 64));
    const T low = static_cast<T>(static_cast<std::uint64_t>(product)) * two_to<T>(-64);
    const T magnitude = (high + low) * two_to<T>(-zeros - normal - 64 * lead - 61);
    return {above_half ? -magnitude : magnitude, quadrant};
}

/// For |x| from abs().
template <class V>
[[gnu::always_inline]] constexpr angle<V> reduce_by_half_pi(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        using c = angle_constants<T>;
        const V shifted = protect(x * c::two_over_pi + c::shifter), n = protect(shifted - c::shifter);
        const V near = protect(protect(x - n * c::first) - n * c::second);
        angle<V> result{protect(near - n * c::third) - n * c::fourth, to_bits(shifted)};
        const auto far = x > c::bound;
        if (any(far)) [[unlikely]] {
            if constexpr (is_simd<V>) {
                for (int i = 0; i < lanes_of<V>; ++i) {
                    if (far[i]) {
                        const angle<T> exact = reduce_exactly(static_cast<T>(x[i]));
                        result.remainder[i] = exact.remainder;
                        result.quadrant[i] = exact.quadrant;
                    }
                }
            } else {
                result = reduce_exactly(x);
            }
        }
        return result;
    } else {
        return reduce_exactly(x);
    }
}

/// sin r = r + r z S(z),  z = r², |r| <= pi/4.
template <class V>
[[gnu::always_inline]] constexpr V sin_polynomial(V r) {
    using T = scalar_of<V>;
    const V z = r * r;
    if constexpr (std::is_same_v<T, float>) {
        return r + r * z * polynomial(z, -0x1.555552p-3f, 0x1.110c26p-7f, -0x1.9ac856p-13f);
    } else if constexpr (std::is_same_v<T, double>) {
        return r + r * z *
                       polynomial(z, -0x1.5555555555555p-3, 0x1.1111111110babp-7, -0x1.a01a019e820aep-13,
                                  0x1.71de37946ed6dp-19, -0x1.ae6008d114485p-26, 0x1.5e0a4fc16be59p-33);
    } else {
        return r + r * z *
                       polynomial(z, -0x1.5555555555555556p-3L, 0x1.111111111111110ep-7L, -0x1.a01a01a01a018a2ap-13L,
                                  0x1.71de3a556c2c2b8ap-19L, -0x1.ae64567e723af3dp-26L, 0x1.61245fb3dc7ee1p-33L,
                                  -0x1.ae7c524f65a8e1d6p-41L, 0x1.9241fe47ad0d0878p-49L);
    }
}

/// cos r = 1 - (z/2 - z² C(z)).
template <class V>
[[gnu::always_inline]] constexpr V cos_polynomial(V r) {
    using T = scalar_of<V>;
    const V z = r * r;
    if constexpr (std::is_same_v<T, float>) {
        return 1 - (z * 0.5f - z * z * polynomial(z, 0x1.555554p-5f, -0x1.6c12dp-10f, 0x1.9bd786p-16f));
    } else if constexpr (std::is_same_v<T, double>) {
        return 1 - (z * 0.5 - z * z *
                                  polynomial(z, 0x1.5555555555555p-5, -0x1.6c16c16c16963p-10, 0x1.a01a019f4ddfdp-16,
                                             -0x1.27e4fa16cc2d1p-22, 0x1.1eeb67d026ec6p-29, -0x1.907cd8ff5ede7p-37));
    } else {
        return 1 - (z * 0.5L - z * z *
                                   polynomial(z, 0x1.5555555555555556p-5L, -0x1.6c16c16c16c16c16p-10L,
                                              0x1.a01a01a01a019752p-16L, -0x1.27e4fb7789d957a2p-22L,
                                              0x1.1eed8eff330fc7bcp-29L, -0x1.9397495359c310a6p-37L,
                                              0x1.ae7ce7af943d0aep-45L, -0x1.65d22859f3f73686p-53L));
    }
}

/// sin(n pi/2 + r): ±sin r for even n, ±cos r for odd.
template <class V>
[[gnu::always_inline]] constexpr V sin_of(angle<V> a) {
    using T = scalar_of<V>;
    const V y = select((a.quadrant & 1) != 0, cos_polynomial(a.remainder), sin_polynomial(a.remainder));
    if constexpr (has_bits<T>) {
        constexpr int top = 8 * static_cast<int>(sizeof(T)) - 2;
        return from_bits<V>(to_bits(y) ^ ((a.quadrant & 2) << top));
    } else {
        return (a.quadrant & 2) != 0 ? -y : y;
    }
}

}  // namespace detail

template <class V>
[[gnu::always_inline]] constexpr V sin(V x) {
    using T = scalar_of<V>;
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() && !(abs(x) < detail::infinity<V>)) return detail::not_a_number<V>;
    }
    const V y = detail::sin_of(detail::reduce_by_half_pi(abs(x)));
    if constexpr (detail::has_bits<T>) {  // odd, -0 included
        return detail::from_bits<V>(detail::to_bits(y) ^ (detail::to_bits(x) & detail::format<T>::sign));
    } else {
        return x < 0 ? -y : y;
    }
}

template <class V>
[[gnu::always_inline]] constexpr V cos(V x) {
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() && !(abs(x) < detail::infinity<V>)) return detail::not_a_number<V>;
    }
    detail::angle<V> a = detail::reduce_by_half_pi(abs(x));
    a.quadrant = a.quadrant + 1;
    return detail::sin_of(a);
}

}  // namespace chainfold::math
