// SPDX-License-Identifier: BSL-1.0
#pragma once

// sin and cos, of r = x - n pi/2: sin r or cos r, with a sign, as the last two bits of n say.

#include <chainfold/math/angle.hpp>

namespace chainfold::math {

namespace detail {

/// sin r = r + r z S(z),  z = r², |r| <= pi/4.
template <class V>
CHAINFOLD_INLINE constexpr V sin_polynomial(V r) {
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
CHAINFOLD_INLINE constexpr V cos_polynomial(V r) {
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

/// y with the sign changed where n has its second bit.
template <class V>
CHAINFOLD_INLINE constexpr V in_half_plane(uint_of<V> n, V y) {
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        constexpr int top = 8 * static_cast<int>(sizeof(T)) - 2;
        return from_bits<V>(to_bits(y) ^ ((n & 2) << top));
    } else {
        return (n & 2) != 0 ? -y : y;
    }
}

/// y, or -y for negative x, -0 included.
template <class V>
CHAINFOLD_INLINE constexpr V odd_in(V x, V y) {
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        return from_bits<V>(to_bits(y) ^ (to_bits(x) & format<T>::sign));
    } else {
        return x < 0 ? -y : y;
    }
}

/// sin(n pi/2 + r): ±sin r for even n, ±cos r for odd.
template <class V>
CHAINFOLD_INLINE constexpr V sin_of(angle<V> a) {
    const V y = select((a.quadrant & 1) != 0, cos_polynomial(a.remainder), sin_polynomial(a.remainder));
    return in_half_plane(a.quadrant, y);
}

}  // namespace detail

template <class V>
CHAINFOLD_INLINE constexpr V sin(V x) {
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) {
            if (!(abs(x) < detail::infinity<V>)) return detail::not_a_number<V>;
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_lanes(x, [](auto v) CHAINFOLD_INLINE { return sin(v); });
        }
    }
    return detail::odd_in(x, detail::sin_of(detail::reduce_by_half_pi(abs(x))));
}

template <class V>
CHAINFOLD_INLINE constexpr V cos(V x) {
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) {
            if (!(abs(x) < detail::infinity<V>)) return detail::not_a_number<V>;
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_lanes(x, [](auto v) CHAINFOLD_INLINE { return cos(v); });
        }
    }
    detail::angle<V> a = detail::reduce_by_half_pi(abs(x));
    a.quadrant = a.quadrant + 1;
    return detail::sin_of(a);
}

namespace detail {

/// Even lanes of a and odd lanes of b.
template <class V>
CHAINFOLD_INLINE constexpr V even_and_odd(V a, V b) {
    if constexpr (lanes_of<V> == 2)
        return __builtin_shufflevector(a, b, 0, 3);
    else
        return __builtin_shufflevector(a, b, 0, 5, 2, 7);
}
/// Of the first two lanes of y, the one with the parity of n.
template <class V>
CHAINFOLD_INLINE inline V of_parity(V y, uint_of<V> n) {
#if defined(__AVX__)
    if constexpr (lanes_of<V> == 2)
        return __builtin_ia32_vpermilvarpd(y, __builtin_bit_cast(simd<long long, 2>, n << 1));
    else
        return __builtin_ia32_vpermilvarps(y, __builtin_bit_cast(simd<int, 4>, n & 1));
#else
    V even, odd;
    if constexpr (lanes_of<V> == 2) {
        even = __builtin_shufflevector(y, y, 0, 0);
        odd = __builtin_shufflevector(y, y, 1, 1);
    } else {
        even = __builtin_shufflevector(y, y, 0, 0, 0, 0);
        odd = __builtin_shufflevector(y, y, 1, 1, 1, 1);
    }
    return select((n & 1) != 0, odd, even);
#endif
}

/// For one number: the lanes of a register hold sine and cosine, so that both polynomials are one,
///     sin r = r + (r z S(z) - d),   cos r = 1 + (z² C(z) - z/2),
/// where the angle is r - d, and d is so small that it only matters there.
/// In the n-th quadrant a sine is lane n mod 2 of these, a cosine, which is a sine in the next, the other.
template <class T>
CHAINFOLD_INLINE inline two_values<T> sin_and_cos_of_one(T x) {
    CHAINFOLD_KEEP_ORDER
    using V = simd<T, 16 / static_cast<int>(sizeof(T))>;
    using U = uint_of<V>;
    const auto [a, less] = reduce_in_lanes<V>(abs(x));
    const V r = a.remainder, z = r * r, factor = z * even_and_odd(r, z);
    V p;
    if constexpr (std::is_same_v<T, float>)
        p = polynomial(z, V{-0x1.555552p-3f, 0x1.555554p-5f}, V{0x1.110c26p-7f, -0x1.6c12dp-10f},
                       V{-0x1.9ac856p-13f, 0x1.9bd786p-16f});
    else
        p = polynomial(z, V{-0x1.5555555555555p-3, 0x1.5555555555555p-5}, V{0x1.1111111110babp-7, -0x1.6c16c16c16963p-10},
                       V{-0x1.a01a019e820aep-13, 0x1.a01a019f4ddfdp-16},
                       V{0x1.71de37946ed6dp-19, -0x1.27e4fa16cc2d1p-22},
                       V{-0x1.ae6008d114485p-26, 0x1.1eeb67d026ec6p-29},
                       V{0x1.5e0a4fc16be59p-33, -0x1.907cd8ff5ede7p-37});
    const V y = even_and_odd(r, splat<V>(1)) + protect(factor * p + (z * V{0, T(-0.5)} - less));
    const U n = a.quadrant + U{0, 1};
    constexpr int top = 8 * static_cast<int>(sizeof(T)) - 1;
    constexpr U of_sine = to_bits(even_and_odd(splat<V>(T(-0.0)), V{}));
    const U sign = ((n >> 1) << top) ^ (to_bits(splat<V>(x)) & of_sine);
    const V turned = from_bits<V>(to_bits(of_parity(y, n)) ^ sign);
    return {first_lane(turned), turned[1]};
}

}  // namespace detail

/// sin x and cos x for little more than one of them costs.
template <class V>
CHAINFOLD_INLINE constexpr two_values<V> sin_and_cos(V x) {
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) return {sin(x), cos(x)};
        if constexpr (detail::has_bits<V>) return detail::sin_and_cos_of_one(x);
    }
    const detail::angle<V> a = detail::reduce_by_half_pi(abs(x));
    const V s = detail::sin_polynomial(a.remainder), c = detail::cos_polynomial(a.remainder);
    const auto odd = (a.quadrant & 1) != 0;
    return {detail::odd_in(x, detail::in_half_plane(a.quadrant, select(odd, c, s))),
            detail::in_half_plane(a.quadrant + 1, select(odd, s, c))};
}

}  // namespace chainfold::math
