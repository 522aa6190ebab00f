// SPDX-License-Identifier: BSL-1.0
#pragma once

// log and log1p.
//
//     x = 2^k (1 + f),   sqrt(1/2) <= 1 + f < sqrt(2),   log x = k ln 2 + log(1 + f).
//
// float:    log(1 + f) = f - f²/2 + f³ P(f)
// others:   log(1 + f) = f - f²/2 + s (f²/2 + s² P(s²)),  s = f / (2 + f),  from 2 artanh s = 2s + s³ P(s²).

#include <chainfold/math/bits.hpp>
#include <chainfold/math/exponential.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math {

namespace detail {

/// x = 2^k (1 + f), and 2^-k where it is asked for.
template <class V>
struct logarithmic_parts {
    V f, k, inverse_scale;
};

/// For positive finite x; denormals too if `Denormals`.
template <bool Denormals, class V>
[[gnu::always_inline]] constexpr logarithmic_parts<V> split_exponent(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        using form = format<T>;
        using U = scalar_of<uint_of<V>>;
        constexpr int shift = form::mantissa_bits, up = shift + 1;
        constexpr U one = form::bias << shift;
        V extra = splat<V>(from_bits<T>(form::integer) + static_cast<T>(form::bias));
        if constexpr (Denormals) {
            const auto tiny = x < std::numeric_limits<T>::min();
            extra = blend(tiny, extra + T(up), extra);
            x = blend(tiny, x * from_bits<T>((form::bias + U(up)) << shift), x);
        }
        const uint_of<V> bits = to_bits(x) + one;
        const uint_of<V> biased = (bits - form::sqrt_half) >> shift;  // k + bias
        const V k = protect(from_bits<V>(biased + form::integer) - extra);
        // 2^(3 - k): never a denormal
        const V inverse = from_bits<V>((2 * form::bias + 3 - biased) << shift);
        return {protect(from_bits<V>(bits - (biased << shift)) - 1), k, inverse};
    } else {
        const normalised<T> n = normalise(x);
        const bool upper = n.m >= 0x1.6a09e667f3bcc908p0L;
        const int k = upper ? n.k + 1 : n.k;
        return {(upper ? n.m / 2 : n.m) - 1, static_cast<T>(k), two_to<T>(3 - k)};
    }
}

/// k ln 2 + log(1 + f). What does not need the quotient or the polynomial is summed while they are waited for.
template <class V>
[[gnu::always_inline]] constexpr V assemble_log(V f, V k) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = exp_constants<T>;
    const V half_square = f * f * T(0.5), early = protect(k * c::ln2_low - half_square);
    V rest{};
    if constexpr (std::is_same_v<T, float>) {
        rest = protect(f * f * f *
                       polynomial(f, 0x1.555554p-2f, -0x1.fffffcp-3f, 0x1.999d5ap-3f, -0x1.555b4ap-3f, 0x1.23d21ap-3f,
                                  -0x1.fcf4c6p-4f, 0x1.dea282p-4f, -0x1.d635bcp-4f, 0x1.1d8ea6p-4f)) +
               early;
    } else {
        const V s = f / (f + 2), z = s * s;
        V p{};
        if constexpr (std::is_same_v<T, double>) {
            p = polynomial(z, 0x1.5555555555558p-1, 0x1.99999999952d7p-2, 0x1.2492492df281ap-2, 0x1.c71c62e3f11e6p-3,
                           0x1.7462b51cb66b1p-3, 0x1.39fe51a7c18f9p-3, 0x1.2b5900de53b32p-3);
        } else {
            p = polynomial(z, 0x1.5555555555555556p-1L, 0x1.99999999999983f8p-2L, 0x1.2492492492959ea8p-2L,
                           0x1.c71c71c64c6c3204p-3L, 0x1.745d17d365b4642ap-3L, 0x1.3b137b2ece4bb94ep-3L,
                           0x1.111d2832da631bbep-3L, 0x1.debeb0e5d974a32ap-4L, 0x1.e6b14bf9246a8144p-4L);
        }
        rest = protect(s * z * p) + protect(s * half_square + early);
    }
    return protect(k * c::ln2_high) + protect(f + protect(rest));
}

/// log(1 + x) for finite x > -1. u = 1 + x loses what two_sum finds again: 1 + x = u + lost, exactly.
template <class V>
[[gnu::always_inline]] constexpr V log1p_finite(V x) {
    CHAINFOLD_KEEP_ORDER
    const V u = protect(x + 1), back = protect(u - 1);
    const V lost = protect(1 - protect(u - back)) + protect(x - back);
    const logarithmic_parts<V> parts = split_exponent<false>(u);
    return assemble_log(parts.f + protect(lost * parts.inverse_scale) * scalar_of<V>(0.125), parts.k);
}

}  // namespace detail

/// log x; -infinity at 0, NaN below.
template <class V>
[[gnu::always_inline]] constexpr V log(V x) {
    using T = scalar_of<V>;
    constexpr T infinity = detail::infinity<T>, nan = detail::not_a_number<T>;
    if constexpr (!is_simd<V>) {  // a constant expression may not compute with NaN, nor loop for infinity
        if ((std::is_constant_evaluated() || !detail::has_bits<T>) && !(x > 0 && x < infinity)) {
            return x == 0 ? -infinity : x < 0 ? nan : x;
        }
    }
    const detail::logarithmic_parts<V> parts = detail::split_exponent<true>(x);
    const V y = detail::assemble_log(parts.f, parts.k);
    const V improper = detail::blend(x > 0, splat<V>(infinity), splat<V>(nan));
    const V outside = detail::blend(x == 0, splat<V>(-infinity), improper);
    return detail::blend((x > 0) & (x < infinity), y, outside);
}

/// log(1 + x), to full relative accuracy near 0; -infinity at -1, NaN below.
template <class V>
[[gnu::always_inline]] constexpr V log1p(V x) {
    using T = scalar_of<V>;
    constexpr T infinity = detail::infinity<T>, nan = detail::not_a_number<T>;
    if constexpr (!is_simd<V>) {
        if ((std::is_constant_evaluated() || !detail::has_bits<T>) && !(x > -1 && x < infinity)) {
            return x == -1 ? -infinity : x < -1 ? nan : x;
        }
    }
    const V improper = detail::blend(x > -1, splat<V>(infinity), splat<V>(nan));
    const V outside = detail::blend(x == -1, splat<V>(-infinity), improper);
    return detail::blend((x > -1) & (x < infinity), detail::log1p_finite(x), outside);
}

}  // namespace chainfold::math
