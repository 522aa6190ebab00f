// SPDX-License-Identifier: BSL-1.0
#pragma once

// An angle as quarter turns and what is left:
//
//     x = n pi/2 + r,   n = round(2 x / pi),   |r| <= pi/4.
//
// Up to a bound n has few bits, pi/2 is cut into pieces so short that n times a piece is exact, and r comes out to full
// relative precision even next to the zeros of sine and cosine (Cody and Waite). Beyond the bound, the digits of 2/pi
// that matter are multiplied out in integers (Payne and Hanek), one lane at a time, and only if some lane needs it.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/bits.hpp>
#include <chainfold/math/instructions.hpp>
#include <chainfold/math/root.hpp>
#include <chainfold/math/two_over_pi.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math::detail {

template <class T>
struct angle_constants;

// pi/2 in pieces so short that n times a piece is exact, and in three of full length for fused multiplications.
template <>
struct angle_constants<float> {  // 13 bits each: |n| < 2^11
    static constexpr float bound = 3000, two_over_pi = 0x1.45f306p-1f, shifter = 0x1.8p23f;
    static constexpr float whole = 0x1.921fb6p0f, rest = -0x1.777a5cp-25f, last = -0x1.ee59dap-50f;
    static constexpr float first = 0x1.921p0f, second = 0x1.f6ap-13f, third = 0x1.11p-26f, fourth = 0x1.68c234p-39f;
};
template <>
struct angle_constants<double> {  // 33 bits each: |n| < 2^20
    static constexpr double bound = 1.6e6, two_over_pi = 0x1.45f306dc9c883p-1, shifter = 0x1.8p52;
    static constexpr double whole = 0x1.921fb54442d18p0, rest = 0x1.1a62633145c07p-54, last = -0x1.f1976b7ed8fbcp-110;
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

/// The same for those lanes of x >= 0 that are far away, in place.  (Not inlined: nothing else then goes through memory.)
template <class V>
[[gnu::noinline, gnu::cold]] void reduce_far_lanes(const V& x, angle<V>& result) {
    using T = scalar_of<V>;
    for (int i = 0; i < lanes_of<V>; ++i) {
        if (x[i] > angle_constants<T>::bound) {
            const angle<T> exact = reduce_exactly(static_cast<T>(x[i]));
            result.remainder[i] = exact.remainder;
            result.quadrant[i] = exact.quadrant;
        }
    }
}

/// For x >= 0 up to the bound, and any number beyond: the number of quarter turns, also in the low bits of `shifted`,
/// and what is left; with fused multiplications, but for their last piece.
template <class V>
struct near_angle {
    V remainder, turns, shifted;
};
template <class V>
CHAINFOLD_INLINE constexpr near_angle<V> reduce_near(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = angle_constants<scalar_of<V>>;
    const V shifted = protect(x * c::two_over_pi + c::shifter), n = protect(shifted - c::shifter);
    if constexpr (subtracts_products<V>) {
        if (!std::is_constant_evaluated())  // the first is exact
            return {minus_product(minus_product(x, n, splat<V>(c::whole)), n, splat<V>(c::rest)), n, shifted};
    }
    // the first is exact, and two roundings are made up for
    const V one = protect(x - n * c::first), two = protect(one - n * c::second), three = protect(two - n * c::third);
    const V lost = protect(protect(one - two) - n * c::second) + protect(protect(two - three) - n * c::third);
    return {three + protect(lost - n * c::fourth), n, shifted};
}
/// All that is left.  The last piece matters where that is nearly nothing.
template <class V>
CHAINFOLD_INLINE constexpr V remainder_of(const near_angle<V>& near) {
    if constexpr (subtracts_products<V>)
        if (!std::is_constant_evaluated())
            return minus_product(near.remainder, near.turns, splat<V>(angle_constants<scalar_of<V>>::last));
    return near.remainder;
}

/// For |x| from abs().
template <class V>
CHAINFOLD_INLINE constexpr angle<V> reduce_by_half_pi(V x) {
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        const near_angle<V> near = reduce_near(x);
        angle<V> result{remainder_of(near), to_bits(near.shifted)};
        if (any(x > angle_constants<T>::bound)) [[unlikely]] {
            if constexpr (is_simd<V>) {
                const V copy = x;
                angle<V> far = result;
                reduce_far_lanes(copy, far);
                result = far;
            } else {
                result = reduce_exactly(x);
            }
        }
        return result;
    } else {
        return reduce_exactly(x);
    }
}

/// The same in all lanes of V, for one number, and in the first lane of `less` what is still to be taken from it: who
/// computes with the remainder need not wait for that.
template <class V>
struct angle_in_two {
    angle<V> most;
    V less{};
};
template <class V>
CHAINFOLD_INLINE inline angle_in_two<V> reduce_in_lanes(scalar_of<V> x) {
    using T = scalar_of<V>;
    if (x < T(0.785)) return {{splat<V>(x), uint_of<V>{}}};  // an eighth of a turn: nothing to take off, or to wait for
    if constexpr (subtracts_products<V>) {
        const near_angle<V> near = reduce_near(splat<V>(x));
        angle_in_two<V> result{{near.remainder, to_bits(near.shifted)}, near.turns * V{angle_constants<T>::last}};
        if (x > angle_constants<T>::bound) [[unlikely]] {
            angle<V> far = result.most;
            reduce_far_lanes(splat<V>(x), far);
            result = {far};
        }
        return result;
    } else {
        return {reduce_by_half_pi(splat<V>(x))};
    }
}

}  // namespace chainfold::math::detail
