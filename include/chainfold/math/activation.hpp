// SPDX-License-Identifier: BSL-1.0
#pragma once

// tanh, sigmoid and softplus. All three end in a quotient anyway, so e^x may be one too:
//
//     e^x = 2^n e^r,   e^r = (w + r) / (w - r),   w = r coth(r / 2) = 2 + r²/6 - …,
//
// which takes half the terms of e^r itself, as w is even. Numerator and denominator carry a common power of
// two, so that nothing overflows, or underflows before the division. Nothing here computes with infinity,
// which -ffast-math would be free to turn into NaN.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/exponential.hpp>

namespace chainfold::math {

namespace detail {

template <class T>
struct activation_constants;

template <>
struct activation_constants<float> {
    static constexpr float tanh_is_one = 9.1f;  // tanh x rounds to 1 from here on
    static constexpr int offset = 40;           // 2^offset is the common factor
};
template <>
struct activation_constants<double> {
    static constexpr double tanh_is_one = 19.2;
    static constexpr int offset = 64;
};
template <>
struct activation_constants<long double> {
    static constexpr long double tanh_is_one = 23;
    static constexpr int offset = exp_constants<long double>::wide ? 128 : 64;
};

/// r coth(r / 2) for |r| <= ln(2) / 2. `Careful`: 2 is added last, so that only that sum is rounded by much.
template <bool Careful, class V>
[[gnu::always_inline]] constexpr V coth_polynomial(V r) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    const V z = r * r;
    if constexpr (std::is_same_v<T, float>) {
        return protect(polynomial(z, 2.0f, 0x1.55551ep-3f, -0x1.6aa51ep-9f));
    } else if constexpr (std::is_same_v<T, double>) {
        constexpr T first = 0x1.555555555553ep-3;
        const V rest =
            polynomial(z, -0x1.6c16c16bebed9p-9, 0x1.1566aaf2a6b3ap-14, -0x1.bbd41d1ac0b2ep-20, 0x1.6376e9af9656dp-25);
        if constexpr (Careful) return protect(protect((rest * z + first) * z) + 2);
        return protect(rest * (z * z) + protect(z * first + 2));
    } else {
        return protect(polynomial(z, 2.0L, 0x1.55555555555554f4p-3L, -0x1.6c16c16c16b2164ap-9L,
                                  0x1.1566abbfa9e9ca36p-14L, -0x1.bbd776b1ec324e6ap-20L, 0x1.66a504fe4d17da4ap-25L,
                                  -0x1.1f77cf36a3d90b6cp-30L));
    }
}

/// 2 artanh(t / 2) = t + t³ P(t²), without t, for |t| <= 0.3432: as much as log wants of a number between
/// sqrt(1/2) and sqrt(2).
template <class V>
[[gnu::always_inline]] constexpr V artanh_rest(V t) {
    using T = scalar_of<V>;
    const V u = t * t;
    if constexpr (std::is_same_v<T, float>) {
        return t * u * polynomial(u, 0x1.55557ap-4f, 0x1.995e92p-7f, 0x1.31e79ap-9f);
    } else if constexpr (std::is_same_v<T, double>) {
        return t * u *
               polynomial(u, 0x1.5555555555593p-4, 0x1.999999997fa6p-7, 0x1.2492494224097p-9, 0x1.c71c51dd3e7dap-12,
                          0x1.746648802fecep-14, 0x1.39a0b5d08bc34p-16, 0x1.2f102a145eae5p-18);
    } else {
        return t * u *
               polynomial(u, 0x1.5555555555555566p-4L, 0x1.999999999998dee6p-7L, 0x1.24924924939dddaep-9L,
                          0x1.c71c71c4bb142034p-12L, 0x1.745d1879caac819cp-14L, 0x1.3b13535d8c7ac39p-16L,
                          0x1.1122a50374f12762p-18L, 0x1.ddefa641d5c2a87cp-21L, 0x1.ed02620aac68ac02p-23L);
    }
}

}  // namespace detail

/// tanh x = (e^2x - 1) / (e^2x + 1) = (e + r) / (e + w) with e = (2^n - 1) / 2 · (w + r).
template <class V>
[[gnu::always_inline]] constexpr V tanh(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = detail::activation_constants<T>;
    if constexpr (!is_simd<V>) {
        if (x != x && (std::is_constant_evaluated() || !detail::has_bits<V>)) {
            return x;
        }
    }
    const auto [r, shifted] = detail::reduce_by_ln2<detail::bias<T> - 1>(detail::at_most<c::tanh_is_one>(abs(x)) * 2);
    const V w = detail::coth_polynomial<true>(r), e = (w + r) * protect(detail::scale_at_once(shifted) - T(0.5));
    return with_sign_of(detail::quotient(e + r, e + w), x);
}

/// 1 / (1 + e^-x) = s (w + r) / (s (w + r) + (w - r)).
template <class V>
[[gnu::always_inline]] constexpr V sigmoid(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = detail::exp_constants<T>;
    if constexpr (!is_simd<V>) {
        if (x != x && (std::is_constant_evaluated() || !detail::has_bits<V>)) {
            return x;
        }
    }
    constexpr int offset = detail::activation_constants<T>::offset;
    constexpr T common = detail::two_to<T>(offset);
    const V bounded = detail::at_most<-c::minus_one>(detail::at_least<c::lowest>(x));
    const auto [r, shifted] = detail::reduce_by_ln2<detail::bias<T> + offset>(bounded);
    const V w = detail::coth_polynomial<false>(r), e = (w + r) * detail::scale_at_once(shifted);
    return detail::quotient(e, (w - r) * common + e);
}

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|), where 1 + e^-|x| = 2^k (1 + f) and log(1 + f) = 2 artanh(f / (2
/// + f)). With e^-|x| = p / q, f / (2 + f) is p / (p + 2q) for k = 0, and (p - q) / (p + 3q) for k = 1.
template <class V>
[[gnu::always_inline]] constexpr V softplus(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    using c = detail::exp_constants<T>;
    if constexpr (!is_simd<V>) {
        if (x != x && (std::is_constant_evaluated() || !detail::has_bits<V>)) {
            return x;
        }
    }
    constexpr int offset = detail::activation_constants<T>::offset;
    constexpr T common = detail::two_to<T>(offset);
    const V size = abs(x);
    const V k = detail::blend(size < static_cast<T>(0.88137358701954302523L), splat<V>(1), splat<V>(0));
    const V base = protect(select(x > 0, x, splat<V>(0)) + k * c::ln2_high);
    const auto [r, shifted] = detail::reduce_by_ln2<detail::bias<T> + offset>(detail::at_least<c::lowest>(-size));
    const V w = detail::coth_polynomial<false>(r), p = (w + r) * detail::scale_at_once(shifted), q = w - r;
    const V t = detail::quotient((p - q * (k * common)) * 2, p + q * (k * common + 2 * common));
    return base + protect(t + protect(detail::artanh_rest(t) + k * c::ln2_low));
}

}  // namespace chainfold::math
