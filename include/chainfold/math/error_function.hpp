// SPDX-License-Identifier: BSL-1.0
#pragma once

// erf and erfc, with t = |x|:
//
//     erf t  = t + t P(t²)                     for t < 1
//            = 1 - e^(-t G(t))                 beyond: t G(t) = -log erfc t has no zero but t = 0
//     erfc t = e^(-t²) (1 + R(q)) / (1 + 2t),  q = (t - 4) / (t + 4);  erfc(-t) = 2 - erfc t;
//            = 1 - erf t                       for t < 3/4, where R is a small difference of large terms;
//     by tables for double with AVX-512 (erfc_table.hpp).
//
// erfc keeps its relative accuracy until it underflows: with t = h + l, where h² is exact, e^(-t²) is e^r 2^n with
// r = (-h² - n ln 2) - l (t + h).  All coefficients are near-minimax.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/erfc_table.hpp>
#include <chainfold/math/exponential.hpp>

namespace chainfold::math {

namespace detail {

template <class T>
struct error_function_constants;

template <>
struct error_function_constants<float> {
    static constexpr float erf_is_one = 4;         // erf x rounds to 1 from here on
    static constexpr float erfc_is_zero = 10.3f;  // erfc x and e^(-x²) to 0
};
template <>
struct error_function_constants<double> {
    static constexpr double erf_is_one = 6;
    static constexpr double erfc_is_zero = 27.4;
};
template <>
struct error_function_constants<long double> {
    static constexpr long double erf_is_one = 6.7L;
    static constexpr long double erfc_is_zero = exp_constants<long double>::wide ? 106.8L : 27.4L;
};

/// erf(t) / t - 1 for s = t² in [0, 1].
template <class V>
CHAINFOLD_INLINE constexpr V erf_rest(V s) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<T, float>) {
        return polynomial(s, 0x1.06eba8p-3f, -0x1.81273ep-2f, 0x1.ce2d2p-4f, -0x1.b7fbb8p-6f, 0x1.541a18p-8f,
                          -0x1.a486dep-11f, 0x1.4ae728p-14f);
    } else if constexpr (std::is_same_v<T, double>) {
        return polynomial(s, 0x1.06eba8214db68p-3, -0x1.812746b0379c2p-2, 0x1.ce2f21a041018p-4, -0x1.b82ce312062bcp-6,
                          0x1.565bccfa9a825p-8, -0x1.c02db072f3fep-11, 0x1.f9a2bf73f0c68p-14, -0x1.f4ca94990cb86p-17,
                          0x1.b9827b1885f9bp-20, -0x1.5c16e30fb0d45p-23, 0x1.d784936618cc2p-27, -0x1.acdff90b8ebd8p-31);
    } else {
        return polynomial(s, 0x1.06eba8214db688d6p-3L, -0x1.812746b0379e6be8p-2L, 0x1.ce2f21a042bddd64p-4L,
                          -0x1.b82ce312889c2242p-6L, 0x1.565bcd0e6519581p-8L, -0x1.c02db3fef01d0946p-11L,
                          0x1.f9a326c2d94884ap-14L, -0x1.f4d2562a152dd618p-17L, 0x1.b9e6518e14502648p-20L,
                          -0x1.5f6d9cbf83316cc6p-23L, 0x1.fc43f0512810ac3cp-27L, -0x1.4e635b1d41c4f0aap-30L,
                          0x1.7f171ee12e031d22p-34L, -0x1.29e1482e28a06364p-38L);
    }
}

/// -log(erfc t) / t for t >= 1, as exactly as erf needs it.
template <class V>
CHAINFOLD_INLINE constexpr V minus_log_erfc(V t) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<T, float>) {
        return polynomial(t, 0x1.20f21ep0f, 0x1.451aaap-1f, 0x1.b45a86p-4f, -0x1.896458p-6f, 0x1.ec8abap-9f,
                          -0x1.6fb4acp-12f, 0x1.d4c5bp-17f);
    } else if constexpr (std::is_same_v<T, double>) {
        return polynomial(t, 0x1.20dd75b601c7dp0, 0x1.45f2f6ca5f3c4p-1, 0x1.a4f79ff14b554p-4, -0x1.398c0207ac42dp-6,
                          -0x1.899c1a5b170c1p-13, 0x1.b281acc55a742p-10, -0x1.191784cca6453p-11, -0x1.1bf52d0429451p-15,
                          0x1.ed24005cc979cp-14, -0x1.1c4903d075a09p-14, 0x1.a824138086e04p-16, -0x1.d6125e457375bp-18,
                          0x1.8ebb5291740a5p-20, -0x1.feb87dcaabf1fp-23, 0x1.cf8e4ea534b48p-26, -0x1.db84d23ea29ddp-30,
                          -0x1.24442b1f99996p-35, 0x1.6f48b8141f679p-36, -0x1.3e50622057399p-39, 0x1.107d58ac11c1cp-43,
                          -0x1.8d59b8e46411cp-49);
    } else {
        return polynomial(t, 0x1.20dd7500f87d816cp0L, 0x1.45f3073a0d901a34p-1L, 0x1.a4f4ce3b8c68cb44p-4L,
                          -0x1.39651b54ed5f264p-6L, -0x1.b8f47e945c628322p-13L, 0x1.bd5341b1d58850d2p-10L,
                          -0x1.37f6a431b151abecp-11L, 0x1.186b08a6a3ba0e1cp-15L, 0x1.cc7d31449614cbbap-15L,
                          -0x1.47e71df3e483c832p-16L, -0x1.7c86d71a60c13a94p-18L, 0x1.4477cc4119644f9ep-17L,
                          -0x1.98e687c637ad1ecp-18L, 0x1.6751930b16b72a1ep-19L, -0x1.efc96616ddf3794ep-21L,
                          0x1.184eda3c9577586cp-22L, -0x1.086f4f438983156cp-24L, 0x1.a2d187515caaeb0ap-27L,
                          -0x1.162ff6d13c2c8728p-29L, 0x1.3410fbfd129dade6p-32L, -0x1.1936884cc0de90e6p-35L,
                          0x1.9ff80bc0daa1d354p-39L, -0x1.e5f9ddfabfe672f2p-43L, 0x1.af6f02931b8becf6p-47L,
                          -0x1.115aee5b91a9f852p-51L, 0x1.b83488acc2eb2188p-57L, -0x1.524f6c647f03d26cp-63L);
    }
}

/// (1 + 2t) e^(t²) erfc t - 1.
template <class V>
CHAINFOLD_INLINE constexpr V erfc_rest(V q) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<T, float>) {
        return polynomial(q, 0x1.dd2c8cp-3f, -0x1.1df1aep-3f, 0x1.f7f5b4p-7f, 0x1.16edbep-4f, -0x1.9dd9ep-4f,
                          0x1.7fe208p-4f, -0x1.0fc97ap-4f, 0x1.30eb92p-5f, -0x1.068feep-6f, 0x1.4a7e7cp-8f,
                          -0x1.29c194p-10f, -0x1.5053aap-11f);
    } else if constexpr (std::is_same_v<T, double>) {
        return polynomial(q, 0x1.dd2c8b74febf6p-3, -0x1.1df1ad154a29bp-3, 0x1.f7f5df66fd845p-7, 0x1.16ecefcfa5f08p-4,
                          -0x1.9ddb23c3e927p-4, 0x1.7fee004df8f88p-4, -0x1.0fb06dfe4d55dp-4, 0x1.3079edf9be574p-5,
                          -0x1.096238828e251p-6, 0x1.49c6719d95e2ap-8, -0x1.8d4a9e2a2d99dp-11, -0x1.a1de8874f9bf3p-13,
                          0x1.3be0b5a316c98p-13, -0x1.9969bb340dbc9p-16, -0x1.78a3d1db1687ap-17, 0x1.7fb1130cf22ffp-18,
                          0x1.435d125d16b6bp-22, -0x1.c02668d57cd1fp-21, 0x1.0e897b9bdedaep-24, 0x1.eea9b9ffda466p-24,
                          -0x1.0ec5242a7b499p-27, -0x1.d5728a5c5c63p-27, -0x1.ee7f4d3b37544p-30);
    } else {
        return polynomial(q, 0x1.dd2c8b74febf6556p-3L, -0x1.1df1ad154a28e49p-3L, 0x1.f7f5df66fd7bf612p-7L,
                          0x1.16ecefcfa5395a88p-4L, -0x1.9ddb23c3e911dd1cp-4L, 0x1.7fee004e1253b35ep-4L,
                          -0x1.0fb06dfe487a98fp-4L, 0x1.3079edf682de5efep-5L, -0x1.09623885571f4724p-6L,
                          0x1.49c67285fefbcb26p-8L, -0x1.8d4a997fd21133d4p-11L, -0x1.a1df251257b34732p-13L,
                          0x1.3be0314bcd1f1b66p-13L, -0x1.99595f694ce6762ep-16L, -0x1.788126b63680df9ap-17L,
                          0x1.7f2b1f7f3887f2c4p-18L, 0x1.383a3a2f770f20d8p-22L, -0x1.bb5692d8bcabfd04p-21L,
                          0x1.540229610a33fd6ep-24L, 0x1.dddf9b8820b3a46ep-24L, -0x1.7dbfd2337943c666p-26L,
                          -0x1.0fa4aa96f8bcf8d2p-26L, 0x1.2476e03bbd89c5c4p-28L, 0x1.57a892a0ab95c3c4p-29L,
                          -0x1.888479e6dcffa52ap-31L, -0x1.df5c88938c7d7abap-32L, 0x1.cac669155149a772p-34L,
                          0x1.50ee8e2e545a112ep-34L, -0x1.85de2b9ab4c026p-37L, -0x1.8b5085bf2c36a73cp-37L,
                          0x1.5bf8c4b21c072aecp-42L, 0x1.0ab99f63022188e8p-40L, 0x1.873e130b0891a9f8p-44L);
    }
}

/// The upper half of the digits of t >= 0.
template <class V>
CHAINFOLD_INLINE constexpr V upper_half(V t) {
    using T = scalar_of<V>;
    if constexpr (has_bits<T>) {
        using U = scalar_of<uint_of<V>>;
        return from_bits<V>(to_bits(t) & ~((U{1} << (format<T>::mantissa_bits / 2 + 1)) - 1));
    } else {
        return static_cast<T>(protect(static_cast<float>(t)));
    }
}

/// erfc t and e^(-t²) for t >= 0.
template <class V>
CHAINFOLD_INLINE constexpr two_values<V> erfc_positive(V t) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    const V h = protect(upper_half(t)), l = protect(t - h);  // t² = h² + l (t + h)
    const V rest = erfc_rest(quotient(t - 4, t + 4));
    using c = exp_constants<T>;
    constexpr T shifter = c::shifter + 2 * bias<T>;
    const V shifted = protect(shifter - t * t * c::log2_e), n = protect(shifted - shifter);
    const V r = protect(protect(-(h * h) - n * c::ln2_high) - n * c::ln2_low) - l * protect(t + h);
    const V p = expm1_polynomial(r), s = protect(p + (rest + p * rest)), a = protect(1 + s);
    // (1 + s) / (1 + 2t), rounded once: what a first quotient leaves over is found in halves that multiply exactly
    const V inverse = quotient(splat<V>(1), t * 2 + 1), first = protect(a * inverse);
    const V dh = protect(upper_half(t * 2 + 1)), dl = protect(t * 2 - protect(dh - 1));
    const V fh = protect(upper_half(first)), fl = protect(first - fh);
    const V left = protect(a - fh * dh) - (fh * dl + fl * (dh + dl)) + protect(s - protect(a - 1));
    const V y = protect(first + left * inverse);
    const scaling<V> scale = scale_in_halves(shifted);
    return {protect(y * scale.first) * scale.second, protect(p * scale.first + scale.first) * scale.second};
}

}  // namespace detail

/// 2 / sqrt(pi) times the integral of e^(-u²) from 0 to x.
template <class V>
CHAINFOLD_INLINE constexpr V erf(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) {
            if (x != x) return x;
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_first_lane(x, [](auto v) CHAINFOLD_INLINE { return erf(v); });
        }
    }
    const V t = detail::at_most<detail::error_function_constants<T>::erf_is_one>(abs(x));
    const V near = t + protect(t * detail::erf_rest(t * t));
    const auto p = detail::reduce_by_ln2<detail::bias<T>>(-protect(t * detail::minus_log_erfc(t)));
    const V scale = detail::scale_at_once(p.shifted);
    const V far = protect(1 - scale) - scale * protect(detail::expm1_polynomial(p.remainder));
    return with_sign_of(select(t < 1, near, far), x);
}

/// 1 - erf x, to full relative accuracy where it is small, and e^(-x²).
template <class V>
CHAINFOLD_INLINE constexpr two_values<V> erfc_and_gaussian(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = scalar_of<V>;
    if constexpr (detail::has_tables<V>) {
        if (!std::is_constant_evaluated()) return detail::erfc_by_table<detail::lanes::all>(x);
    }
    const V t = detail::at_most<detail::error_function_constants<T>::erfc_is_zero>(abs(x)),
            bounded = with_sign_of(t, x);
    const two_values<V> far = detail::erfc_positive(t);
    const V either = select(x < 0, 2 - far.first, far.first);
    const V near = protect(protect(T(0.5) - bounded) - bounded * detail::erf_rest(t * t)) + T(0.5);
    return {select(t < T(0.75), near, either), far.second};
}

/// 1 - erf x, to full relative accuracy where it is small.
template <class V>
CHAINFOLD_INLINE constexpr V erfc(V x) {
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() || !detail::has_bits<V>) {
            if (x != x) return x;
        } else if constexpr (detail::has_tables<V>) {
            return detail::erfc_by_table<detail::lanes::first>(x).first;
        } else if constexpr (detail::has_bits<V>) {
            return detail::in_first_lane(x, [](auto v) CHAINFOLD_INLINE {
                if constexpr (detail::has_tables<decltype(v)>)
                    return detail::erfc_by_table<detail::lanes::first>(v).first;
                else
                    return erfc(v);
            });
        }
    }
    return erfc_and_gaussian(x).first;
}

}  // namespace chainfold::math
