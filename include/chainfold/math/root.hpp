// SPDX-License-Identifier: BSL-1.0
#pragma once

// The correctly rounded square root. At run time it is the processor's; in constant expressions, for x = N ·
// 4^e with a 2p-bit integer N, it is the integer nearest to sqrt(N), which has p bits: s = floor(sqrt(N))
// comes from Newton's iteration and is put right in integers; s + 1 is nearer when N - s² > s.

#include <chainfold/math/bits.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math {

namespace detail {

__extension__ typedef unsigned __int128 wide_integer;

/// y / 2 + x / (2 y)
template <class T>
constexpr T newton_step(T x, T y) {
    return (y + x / y) * T(0.5);
}

/// For positive finite x.
template <class T>
constexpr T sqrt_constant(T x) {
    constexpr int p = digits_of<T>;
    const parts x_ = take_apart(x);
    const bool odd = ((x_.exponent + p) & 1) == 0;  // then p - 1 more places, else p, leave an even exponent
    const wide_integer n = static_cast<wide_integer>(x_.significand) << (odd ? p : p - 1);
    const T m = static_cast<T>(x_.significand) * two_to<T>(odd ? 2 - p : 1 - p);  // in [1, 4)
    T y = newton_step(m, newton_step(m, newton_step(m, newton_step(m, T(0.6) + m * T(0.37)))));
    y = newton_step(m, y);
    const T scaled = y * two_to<T>(p - 1);
    constexpr wide_integer limit = wide_integer{1} << p;
    wide_integer s = scaled < two_to<T>(p - 1) * 2 ? static_cast<std::uint64_t>(scaled) : limit - 1;
    while (s * s > n) --s;
    while (s + 1 < limit && (s + 1) * (s + 1) <= n) ++s;
    if (n - s * s > s) ++s;
    return static_cast<T>(s) * two_to<T>((x_.exponent - (odd ? p : p - 1)) / 2);
}

/// At run time. Each way is one that -ffast-math does not turn into an approximation.
template <class V>
CHAINFOLD_INLINE inline V sqrt_instruction(V x) {
#if defined(__clang__)
#if defined(__FAST_MATH__)
#pragma float_control(precise, on)
#endif
    return __builtin_elementwise_sqrt(x);
#else
    constexpr bool is_float = std::is_same_v<scalar_of<V>, float>;
#if defined(__SSE2__)
    if constexpr (has_bits<V>) {  // as a number it would have to set errno
        return in_lanes(x, [](auto v) CHAINFOLD_INLINE { return sqrt_instruction(v); });
    } else
#endif
        if constexpr (std::is_same_v<V, float>) {
        return protect(__builtin_sqrtf(x));
    } else if constexpr (std::is_same_v<V, double>) {
        return protect(__builtin_sqrt(x));
    } else if constexpr (std::is_same_v<V, long double>) {
        return __builtin_sqrtl(x);
    } else
#if defined(__AVX512F__)
        if constexpr (sizeof(V) == 64 && is_float) {
        return __builtin_ia32_sqrtps512_mask(x, x, static_cast<short>(-1), 4);
    } else if constexpr (sizeof(V) == 64) {
        return __builtin_ia32_sqrtpd512_mask(x, x, static_cast<signed char>(-1), 4);
    } else
#endif
#if defined(__AVX__)
        if constexpr (sizeof(V) == 32 && is_float) {
        return __builtin_ia32_sqrtps256(x);
    } else if constexpr (sizeof(V) == 32) {
        return __builtin_ia32_sqrtpd256(x);
    } else
#endif
#if defined(__SSE2__)
        if constexpr (sizeof(V) == 16 && is_float) {
        return __builtin_ia32_sqrtps(x);
    } else if constexpr (sizeof(V) == 16) {
        return __builtin_ia32_sqrtpd(x);
    } else
#endif
    {
        for (int i = 0; i < lanes_of<V>; ++i) x[i] = sqrt_instruction(static_cast<scalar_of<V>>(x[i]));
        return x;
    }
#endif
}

}  // namespace detail

template <class V>
CHAINFOLD_INLINE constexpr V sqrt(V x) {
    using T = scalar_of<V>;
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated()) {
            if (x > 0 && x < detail::infinity<T>) return detail::sqrt_constant(x);
            return x < 0 ? detail::not_a_number<T> : x;
        }
    }
    return detail::sqrt_instruction(x);
}

}  // namespace chainfold::math
