// SPDX-License-Identifier: BSL-1.0
#pragma once

// log and log1p.
//
//     x = 2^k (1 + f),   3/4 <= 1 + f < 3/2,   log x = k ln 2 + log(1 + f).
//
// float:    log(1 + f) = f - f²/2 + f³ P(f)
// others:   log(1 + f) = f - f²/2 + s (f²/2 + s² P(s²)),  s = f / (2 + f),  from 2 artanh s = 2s + s³ P(s²).

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/bits.hpp>
#include <chainfold/math/exponential.hpp>
#include <chainfold/math/instructions.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math {

template <class V>
constexpr V log(V x);

namespace detail {

/// x = 2^k (1 + f).
template <class V>
struct logarithmic_parts {
    V f, k;
};

/// For positive finite x; denormals too if `Denormals`.
template <bool Denormals, class V>
CHAINFOLD_INLINE constexpr logarithmic_parts<V> split_exponent(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (has_instructions<V>) {
        if (!std::is_constant_evaluated()) {
            const V m = significand_of<true>(x), k = exponent_of(x);
            return {m - 1, select(m < 1, k + 1, k)};
        }
    }
    if constexpr (has_bits<T>) {
        using form = format<T>;
        using U = scalar_of<uint_of<V>>;
        constexpr int shift = form::mantissa_bits, up = shift + 1;
        constexpr U one = form::bias << shift;
        V extra = splat<V>(from_bits<T>(form::integer) + static_cast<T>(form::bias));
        if constexpr (Denormals) {
            const auto tiny = x < std::numeric_limits<T>::min();
            extra = select(tiny, extra + T(up), extra);
            x = select(tiny, x * from_bits<T>((form::bias + U(up)) << shift), x);
        }
        const uint_of<V> bits = to_bits(x) + one;
        const uint_of<V> biased = (bits - form::three_quarters) >> shift;  // k + bias
        const V k = protect(from_bits<V>(biased + form::integer) - extra);
        return {protect(from_bits<V>(bits - (biased << shift)) - 1), k};
    } else {
        const normalised<T> n = normalise(x);
        const bool upper = n.m >= 0x1.6a09e667f3bcc908p0L;
        return {(upper ? n.m / 2 : n.m) - 1, static_cast<T>(upper ? n.k + 1 : n.k)};
    }
}

/// x / 2^k for |k| below the exponents of T.
template <class V>
CHAINFOLD_INLINE constexpr V scaled_down(V x, V k) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (has_instructions<V>) {
        if (!std::is_constant_evaluated()) return times_two_to(x, -k);
    }
    if constexpr (has_bits<T>) {  // 2^(3 - k): never a denormal
        const V shifted = protect(exp_constants<T>::shifter + T(bias<T> + 3) - k);
        return x * scale_at_once(shifted) * T(0.125);
    } else {
        return x * two_to<T>(static_cast<int>(-k));
    }
}

/// k ln 2 + log(1 + f). What does not need the quotient or the polynomial is summed while they are waited for.
template <class V>
CHAINFOLD_INLINE constexpr V assemble_log(V f, V k) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = exp_constants<T>;
    const V half_square = f * f * T(0.5), early = protect(k * c::ln2_low - half_square);
    V rest{};
    if constexpr (std::is_same_v<T, float>) {
        rest = protect(f * f * f *
                       polynomial(f, 0x1.55555ap-2f, -0x1.00007p-2f, 0x1.999752p-3f, -0x1.55190cp-3f, 0x1.246566p-3f,
                                  -0x1.04b3d6p-3f, 0x1.deb94p-4f, -0x1.74175cp-4f, 0x1.33983p-5f)) +
               early;
    } else {
        const V s = f / (f + 2), z = s * s;
        V p{};
        if constexpr (std::is_same_v<T, double>) {
            p = polynomial(z, 0x1.55555555559d6p-1, 0x1.999999987cf33p-2, 0x1.249249f16307dp-2, 0x1.c71be04cc009ep-3,
                           0x1.74795fe9ef6a3p-3, 0x1.3804d7ca540c4p-3, 0x1.3cd66f2af3b7cp-3);
        } else {
            p = polynomial(z, 0x1.5555555555555556p-1L, 0x1.99999999999983f8p-2L, 0x1.2492492492959ea8p-2L,
                           0x1.c71c71c64c6c3204p-3L, 0x1.745d17d365b4642ap-3L, 0x1.3b137b2ece4bb94ep-3L,
                           0x1.111d2832da631bbep-3L, 0x1.debeb0e5d974a32ap-4L, 0x1.e6b14bf9246a8144p-4L);
        }
        rest = protect(s * z * p) + protect(s * half_square + early);
    }
    return protect(k * c::ln2_high) + protect(f + protect(rest));
}

// For 1 <= m < 2, by the first four digits behind the point: a number of six digits near 1/m (less that), so that their
// product less 1 is exact, and -log of it in two parts, the first of so few digits that k ln 2 can be added exactly.
// Near 1 and 2 the numbers are 1 and 1/2, for log x is small there.
inline constexpr register_table<double> minus_inverses{
    {-0x1p0, -0x1.dp-1, -0x1.b8p-1, -0x1.ap-1, -0x1.9p-1, -0x1.8p-1, -0x1.68p-1, -0x1.6p-1},
    {-0x1.5p-1, -0x1.4p-1, -0x1.38p-1, -0x1.28p-1, -0x1.2p-1, -0x1.18p-1, -0x1.1p-1, -0x1p-1}};
inline constexpr register_table<double> logarithms{
    {0, 0x1.9335e5d594p-4, 0x1.365fcb015ap-3, 0x1.a93ed3c8aep-3, 0x1.f991c6cb3cp-3, 0x1.269621134ep-2,
     0x1.68ac83e9c7p-2, 0x1.7fafa3bd81p-2},
    {0x1.af5295248dp-2, 0x1.e148a1a272p-2, 0x1.fb358af7a5p-2, 0x1.188ee40f24p-1, 0x1.269621134d8p-1,
     0x1.35028ad9d9p-1, 0x1.43d9ff2f92p-1, 0x1.62e42fefa3p-1}};
inline constexpr register_table<double> rests_of_logarithms{
    {0, 0x1.3115c3abd47dap-45, -0x1.fd3a0afb9691bp-44, -0x1.8724350562169p-45, -0x1.90d04cd7cc834p-44,
     -0x1.1b61f10522625p-44, -0x1.7af966c548a3p-44, 0x1.46fb79bf6d4cbp-44},
    {-0x1.17cc552774458p-45, 0x1.b36537e3375b2p-44, -0x1.def40b87d36d9p-44, -0x1.accec41d52e6cp-44,
     0x1.c93c1df5bb3b6p-44, -0x1.bd1f01ab60655p-44, 0x1.e267b0b7efae1p-44, 0x1.3de6af278ece6p-42}};

/// For double and any x:  k ln 2 - log(1 / (1 + r)) + log(1 + r'),  -0.0371 < r' < 0.0625, which needs no quotient.
template <lanes L, class V>
CHAINFOLD_INLINE inline V log_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = exp_constants<double>;
    const V m = significand_of<false>(x), k = exponent_of(x);
    const uint_of<V> i = to_bits(m) >> 48;
    const V r = minus_product(splat<V>(-1), entry<V, L>(minus_inverses, i), m), z = r * r;
    const V high = protect(k * c::ln2_high + entry<V, L>(logarithms, i));
    const V low = protect(k * c::ln2_low + entry<V, L>(rests_of_logarithms, i));
    const V first = z * polynomial(r, -0.5, 0x1.555555555554ep-2, -0x1.00000000004f2p-2, 0x1.99999999da56fp-3) + low;
    const V last = polynomial(r, -0x1.55555548fba2cp-3, 0x1.2492460d99c1ep-3, -0x1.0000321c362e8p-3,
                              0x1.c7366d6e0e4fp-4, -0x1.99a019c34926bp-4, 0x1.511aab2674c2p-4);
    return high + protect(r + protect((z * (z * z)) * last + protect(first)));
}

/// y, but log x where x is zero, negative, denormal, infinite or NaN.
template <class V>
[[gnu::noinline, gnu::cold]] V log_beside_tables(const V& x, V y) {
    using four = simd<double, 4>;
    if constexpr (is_simd<V>) {
        for (int i = 0; i < lanes_of<V>; ++i)
            if (!all_normal(static_cast<double>(x[i]))) y[i] = math::log(splat<four>(x[i]))[0];
    } else {
        y = math::log(splat<four>(x))[0];
    }
    return y;
}
/// log x for one double or two.
template <lanes L, class V>
CHAINFOLD_INLINE inline V log_of_few(V x) {
    const V y = log_by_table<L>(x);
    if (all_normal(x)) [[likely]]
        return y;
    return log_beside_tables(x, y);
}

/// log(1 + x) for finite x > -1; with AVX-512 for all x. u = 1 + x loses what two_sum finds again: 1 + x = u + lost, exactly.
template <class V>
CHAINFOLD_INLINE constexpr V log1p_finite(V x) {
    CHAINFOLD_KEEP_ORDER
    const V u = protect(x + 1), back = protect(u - 1);
    const V lost = protect(1 - protect(u - back)) + protect(x - back);
    const logarithmic_parts<V> parts = split_exponent<false>(u);
    V more = scaled_down(lost, parts.k);
    if constexpr (has_instructions<V>) {  // nothing is lost at 0 and infinity
        if (!std::is_constant_evaluated()) more = select(abs(parts.k) < infinity<scalar_of<V>>, more, V{});
    }
    return assemble_log(parts.f + more, parts.k);
}

}  // namespace detail

/// log x; -infinity at 0, NaN below.
template <class V>
CHAINFOLD_INLINE constexpr V log(V x) {
    using T = scalar_of<V>;
    constexpr T infinity = detail::infinity<T>, nan = detail::not_a_number<T>;
    if constexpr (!is_simd<V>) {  // a constant expression may not compute with NaN, nor loop for infinity
        if (std::is_constant_evaluated() || !detail::has_bits<T>) {
            if (!(x > 0 && x < infinity)) return x == 0 ? -infinity : x < 0 ? nan : x;
        } else if constexpr (detail::finds_in_memory<V>) {
            return detail::log_of_few<detail::lanes::first>(x);
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_lanes(x, [](auto v) CHAINFOLD_INLINE {
                if constexpr (detail::has_tables<decltype(v)>)
                    return detail::log_by_table<detail::lanes::first>(v);
                else
                    return log(v);
            });
        }
    }
    if constexpr (detail::finds_in_memory<V>) {
        if (!std::is_constant_evaluated()) return detail::log_of_few<detail::lanes::all>(x);
    } else if constexpr (detail::has_tables<V>) {
        if (!std::is_constant_evaluated()) return detail::log_by_table<detail::lanes::all>(x);
    }
    const detail::logarithmic_parts<V> parts = detail::split_exponent<true>(x);
    const V y = detail::assemble_log(parts.f, parts.k);
    if constexpr (detail::has_instructions<V>) {
        if (!std::is_constant_evaluated()) return y;
    }
    const V improper = select(x > 0, splat<V>(infinity), splat<V>(nan));
    const V outside = select(x == 0, splat<V>(-infinity), improper);
    return select((x > 0) & (x < infinity), y, outside);
}

/// log(1 + x), to full relative accuracy near 0; -infinity at -1, NaN below.
template <class V>
CHAINFOLD_INLINE constexpr V log1p(V x) {
    using T = scalar_of<V>;
    constexpr T infinity = detail::infinity<T>, nan = detail::not_a_number<T>;
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<T>) {
            if (!(x > -1 && x < infinity)) return x == -1 ? -infinity : x < -1 ? nan : x;
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_first_lane(x, [](auto v) CHAINFOLD_INLINE { return log1p(v); });
        }
    }
    if constexpr (detail::has_instructions<V>) {
        if (!std::is_constant_evaluated()) return detail::log1p_finite(x);
    }
    const V improper = select(x > -1, splat<V>(infinity), splat<V>(nan));
    const V outside = select(x == -1, splat<V>(-infinity), improper);
    return select((x > -1) & (x < infinity), detail::log1p_finite(x), outside);
}

}  // namespace chainfold::math
