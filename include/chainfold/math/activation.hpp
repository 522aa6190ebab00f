// SPDX-License-Identifier: BSL-1.0
#pragma once

// tanh, sigmoid and softplus, each through an exponential that cannot overflow: nothing here computes with
// infinity, which -ffast-math would be free to turn into NaN.

#include <chainfold/math/arithmetic.hpp>
#include <chainfold/math/exponential.hpp>
#include <chainfold/math/logarithm.hpp>

namespace chainfold::math {

namespace detail {

/// tanh x rounds to 1 from here on.
template <class T>
inline constexpr T tanh_is_one = T(23);
template <>
inline constexpr float tanh_is_one<float> = 9.1f;
template <>
inline constexpr double tanh_is_one<double> = 19.2;

}  // namespace detail

/// tanh x = sign(x) q / (q + 2) with q = e^(2|x|) - 1.
template <class V>
[[gnu::always_inline]] constexpr V tanh(V x) {
    using T = scalar_of<V>;
    if constexpr (!is_simd<V>) {
        if (x != x && (std::is_constant_evaluated() || !detail::has_bits<V>)) {
            return x;
        }
    }
    const V q = detail::expm1_moderate(detail::at_most<detail::tanh_is_one<T>>(abs(x)) * 2);
    return with_sign_of(detail::quotient(q, q + 2), x);
}

/// 1 / (1 + e^-x) = (x < 0 ? e : 1) / (1 + e) with e = e^-|x|.
template <class V>
[[gnu::always_inline]] constexpr V sigmoid(V x) {
    if constexpr (!is_simd<V>) {
        if (x != x && (std::is_constant_evaluated() || !detail::has_bits<V>)) {
            return x;
        }
    }
    const V e = detail::exp_bounded(-abs(x));
    return detail::quotient(select(x < 0, e, splat<V>(1)), e + 1);
}

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|).
template <class V>
[[gnu::always_inline]] constexpr V softplus(V x) {
    if constexpr (!is_simd<V>) {
        if (x != x && (std::is_constant_evaluated() || !detail::has_bits<V>)) {
            return x;
        }
    }
    return select(x > 0, x, splat<V>(0)) + detail::log1p_unit(detail::exp_bounded(-abs(x)));
}

}  // namespace chainfold::math
