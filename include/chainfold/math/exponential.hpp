// SPDX-License-Identifier: BSL-1.0
#pragma once

// exp and expm1.
//
//     e^x = 2^n e^r,   n = round(x / ln 2),   r = x - n ln 2,   |r| <= ln(2) / 2.
//
// n is found by adding 1.5 · 2^(p-1), at which the last place of a number with p digits is one, so that the
// sum is rounded to an integer and n can be read from its low bits. ln 2 is split so that n times its upper
// part is exact (Cody and Waite). e^r - 1 is r + r² Q(r) with Q of near-minimax error; 1 + r is summed while
// Q is waited for. Because 2^n may leave the range where the result does not, it is applied as
// 2^(n/2) · 2^(n - n/2): results overflow and underflow gradually.  exp of doubles is shorter with AVX-512
// (exponential_table.hpp).

#include <chainfold/math/bits.hpp>
#include <chainfold/math/exponential_table.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math {

namespace detail {

template <class T>
struct exp_constants;

template <>
struct exp_constants<float> {
    static constexpr float log2_e = 0x1.715476p0f;
    static constexpr float ln2_high = 0x1.62e4p-1f, ln2_low = 0x1.7f7d1cp-20f;
    static constexpr float shifter = 0x1.8p23f;
    static constexpr float lowest = -104, highest = 89;  // beyond: 0 and infinity
    static constexpr float last_finite = 0x1.62e42ep6f;  // the largest x with a finite e^x
    static constexpr float minus_one = -20;              // e^x - 1 rounds to -1 from here down
};

template <>
struct exp_constants<double> {
    static constexpr double log2_e = 0x1.71547652b82fep0;
    static constexpr double ln2_high = 0x1.62e42fefa3p-1, ln2_low = 0x1.3de6af278ece6p-42;
    static constexpr double shifter = 0x1.8p52;
    static constexpr double lowest = -746, highest = 710;
    static constexpr double last_finite = 0x1.62e42fefa39efp9;
    static constexpr double minus_one = -40;
};

template <>
struct exp_constants<long double> {
    static constexpr long double log2_e = 0x1.71547652b82fe178p0L;
    static constexpr long double ln2_high = 0x1.62e42fefa39ep-1L, ln2_low = 0x1.e6af278ece600fccp-50L;
    static constexpr long double shifter = 1.5L / std::numeric_limits<long double>::epsilon();
    static constexpr bool wide = std::numeric_limits<long double>::max_exponent > 1024;
    static constexpr long double lowest = wide ? -11400 : -746, highest = wide ? 11357 : 710;
    static constexpr long double last_finite = wide ? 11356.523406294143949L : 0x1.62e42fefa39efp9L;
    static constexpr long double minus_one = -50;
};

/// x = n ln 2 + remainder, where remainder = high - low and high is exact; n stands in `shifted`, which is n + shifter
/// + Low: in its low bits is n + Low.
template <class V>
struct reduced {
    V remainder, shifted, high, low;
};

template <int Low, class V>
CHAINFOLD_INLINE constexpr reduced<V> reduce_by_ln2(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = exp_constants<scalar_of<V>>;
    constexpr scalar_of<V> shifter = c::shifter + Low;
    const V shifted = protect(x * c::log2_e + shifter), n = protect(shifted - shifter);
    const V high = protect(x - n * c::ln2_high);
    return {high - n * c::ln2_low, shifted, high, n * c::ln2_low};  // as one expression, which Clang may contract
}

/// (e^r - 1 - r) / r² = first + factor second for |r| <= ln(2) / 2; the factor is a power of r.
template <class V>
struct rest_in_two {
    V first, factor, second;
};

template <class V>
CHAINFOLD_INLINE constexpr rest_in_two<V> exp_rest_in_two(V r) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<T, float>) {
        return {polynomial(r, 0.5f, 0x1.5554dcp-3f), r * r,
                polynomial(r, 0x1.555518p-5f, 0x1.120be2p-7f, 0x1.6d117cp-10f)};
    } else if constexpr (std::is_same_v<T, double>) {
        return {polynomial(r, 0.5, 0x1.5555555555556p-3, 0x1.5555555553d37p-5, 0x1.11111111109a6p-7), (r * r) * (r * r),
                polynomial(r, 0x1.6c16c1789d1d7p-10, 0x1.a01a01a7cebcdp-13, 0x1.a019b8ca26fcfp-16,
                           0x1.71de0d85293b8p-19, 0x1.2891d4ffbb0f9p-22, 0x1.af390ba7e6f47p-26)};
    } else {
        const V fourth = (r * r) * (r * r);
        return {polynomial(r, 0.5L, 0x1.5555555555555554p-3L, 0x1.555555555555547p-5L, 0x1.11111111111120eap-7L,
                           0x1.6c16c16c16c8e1c8p-10L, 0x1.a01a01a018fa3c66p-13L, 0x1.a01a019fe495c79ap-16L,
                           0x1.71de3a5cc0233ff4p-19L),
                fourth * fourth,
                polynomial(r, 0x1.27e4fc325ddeb226p-22L, 0x1.ae6423c5c2f871b8p-26L, 0x1.1eeb14e22733a8d4p-29L,
                           0x1.61cceadf9a7089c4p-33L, 0x1.9a54236e4ae3eff6p-37L)};
    }
}

/// (e^r - 1 - r) / r² for |r| <= ln(2) / 2.
template <class V>
CHAINFOLD_INLINE constexpr V exp_rest(V r) {
    const rest_in_two<V> rest = exp_rest_in_two(r);
    return rest.second * rest.factor + rest.first;
}

/// e^r - 1 for |r| <= ln(2) / 2.
template <class V>
CHAINFOLD_INLINE constexpr V expm1_polynomial(V r) {
    return r + r * r * exp_rest(r);
}

/// 2^n = first · second for Low = 2 bias, neither near the ends of the range; inverse = 1 / second.
template <class V>
struct scaling {
    V first, second, inverse;
};

template <class V>
CHAINFOLD_INLINE constexpr scaling<V> scale_in_halves(V shifted) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        constexpr int shift = format<T>::mantissa_bits;
        // k = n + 2 bias, below bits that the shifts drop
        const auto k = __builtin_bit_cast(uint_of<V>, shifted), half = k >> 1;
        return {__builtin_bit_cast(V, half << shift), __builtin_bit_cast(V, (k - half) << shift),
                __builtin_bit_cast(V, (2 * format<T>::bias - (k - half)) << shift)};
    } else {
        const int n = static_cast<int>(protect(shifted - exp_constants<T>::shifter));
        return {two_to<T>(n / 2), two_to<T>(n - n / 2), two_to<T>(n / 2 - n)};
    }
}

/// 2^(n + offset), within the exponents of T, for Low = bias + offset.
template <class V>
CHAINFOLD_INLINE constexpr V scale_at_once(V shifted) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        return __builtin_bit_cast(V, __builtin_bit_cast(uint_of<V>, shifted) << format<T>::mantissa_bits);
    } else {
        return two_to<T>(static_cast<int>(protect(shifted - exp_constants<T>::shifter)));
    }
}

}  // namespace detail

namespace detail {
template <lanes L, class V>
CHAINFOLD_INLINE inline V exp_by_table(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = exp_constants<double>;
    const V bounded = at_least<c::lowest>(at_most<c::highest>(x));
    return assemble_exp(exponential_by_table<false, L>(reduce_by_sixteenths(bounded)));
}
}  // namespace detail

/// e^x.
template <class V>
CHAINFOLD_INLINE constexpr V exp(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = detail::exp_constants<scalar_of<V>>;
    // neither constants nor long double may overflow here or compute with NaN
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) {
            if (!(x <= c::last_finite)) return x != x ? x : detail::infinity<V>;
        } else if constexpr (detail::has_tables<V>) {
            return detail::exp_by_table<detail::lanes::first>(x);
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_first_lane(x, [](auto v) CHAINFOLD_INLINE {
                if constexpr (detail::has_tables<decltype(v)>)
                    return detail::exp_by_table<detail::lanes::first>(v);
                else
                    return exp(v);
            });
        }
    }
    if constexpr (detail::has_tables<V>) {
        if (!std::is_constant_evaluated()) return detail::exp_by_table<detail::lanes::all>(x);
    }
    const V bounded = detail::at_least<c::lowest>(detail::at_most<c::highest>(x));
    const detail::reduced<V> x_ = detail::reduce_by_ln2<2 * detail::bias<scalar_of<V>>>(bounded);
    const detail::scaling<V> scale = detail::scale_in_halves(x_.shifted);
    const V r = x_.remainder, early = protect(r * scale.first + scale.first);
    return protect(detail::exp_rest(r) * (r * r * scale.first) + early) * scale.second;
}

/// e^x - 1, to full relative accuracy near 0:  2^b (2^a r + (2^a - 2^-b) + 2^a (e^r - 1 - r)) with n = a + b, the large
/// terms first.
template <class V>
CHAINFOLD_INLINE constexpr V expm1(V x) {
    CHAINFOLD_KEEP_ORDER
    using c = detail::exp_constants<scalar_of<V>>;
    if constexpr (!is_simd<V>) {
        if (!(x <= c::last_finite) && (std::is_constant_evaluated() || !detail::has_bits<V>)) {
            return x != x ? x : detail::infinity<V>;
        }
    }
    const V moderate = detail::at_least<c::minus_one>(detail::at_most<c::highest>(x));
    const detail::reduced<V> part = detail::reduce_by_ln2<2 * detail::bias<scalar_of<V>>>(moderate);
    const detail::scaling<V> scale = detail::scale_in_halves(part.shifted);
    const V rest = protect(part.remainder * part.remainder * detail::exp_rest(part.remainder) - part.low);
    return protect(protect(part.high * scale.first + protect(scale.first - scale.inverse)) + rest * scale.first) *
           scale.second;
}

}  // namespace chainfold::math
