// SPDX-License-Identifier: BSL-1.0
#pragma once

// abs, maximum, minimum, square, reciprocal and integer powers, for scalars and vectors alike.

#include <chainfold/math/bits.hpp>
#include <chainfold/math/vector.hpp>

namespace chainfold::math {

namespace detail {

/// a / b, and not a times an approximate 1 / b.
template <class V>
CHAINFOLD_INLINE constexpr V quotient(V a, V b) {
#if defined(__clang__)
#pragma clang fp reciprocal(off)
#elif defined(__FAST_MATH__) && defined(__SSE2__)
    constexpr bool in_register = is_simd<V> && sizeof(V) >= 16 && sizeof(V) <= native_bytes;
    if constexpr (in_register && std::is_same_v<scalar_of<V>, float>) {
#if defined(__AVX__)
        asm("vdivps %1, %0, %0" : "+x"(a) : "x"(b));
#else
        asm("divps %1, %0" : "+x"(a) : "x"(b));
#endif
        return a;
    }
#endif
    return a / b;
}

}  // namespace detail

/// |x|: the sign bit cleared.
template <class V>
CHAINFOLD_INLINE constexpr V abs(V x) {
    using T = scalar_of<V>;
    if constexpr (std::is_same_v<V, float>) {  // of a number, bits would be taken to the registers of integers
        return __builtin_fabsf(x);
    } else if constexpr (std::is_same_v<V, double>) {
        return __builtin_fabs(x);
    } else if constexpr (detail::has_bits<T>) {
        return detail::from_bits<V>(detail::to_bits(x) & ~detail::format<T>::sign);
    } else {
        return x < 0 ? -x : x == 0 ? V(0) : x;  // NaN stays, uncomputed with
    }
}

/// |magnitude| with the sign of `sign`; the magnitude must not be negative.
template <class V>
CHAINFOLD_INLINE constexpr V with_sign_of(V magnitude, V sign) {
    using T = scalar_of<V>;
    if constexpr (detail::has_bits<T>) {
        const auto sign_bit = detail::to_bits(sign) & detail::format<T>::sign;
        return detail::from_bits<V>(detail::to_bits(magnitude) | sign_bit);
    } else {
        return sign < 0 ? -magnitude : magnitude;
    }
}

/// The larger of the two; NaN if either is. (With a constant for b the test for its NaN folds away.)
template <class V>
CHAINFOLD_INLINE constexpr V maximum(V a, V b) {
    return select(b != b, b, select(a < b, b, a));
}

/// The smaller of the two; NaN if either is.
template <class V>
CHAINFOLD_INLINE constexpr V minimum(V a, V b) {
    return select(b != b, b, select(b < a, b, a));
}

template <class V>
CHAINFOLD_INLINE constexpr V square(V x) {
    return x * x;
}

/// 1 / x; at 0 infinity, in constant expressions too.
template <class V>
CHAINFOLD_INLINE constexpr V reciprocal(V x) {
    if constexpr (!is_simd<V>) {
        if (std::is_constant_evaluated() && x == 0) return with_sign_of(detail::infinity<V>, x);
    }
    return splat<V>(1) / x;
}

/// x^n by squaring: x^13 = x^8 x^4 x. A negative power is the reciprocal of the positive one.
template <class V>
constexpr V power(V x, int n) {
    V result = splat<V>(1);
    for (unsigned m = n < 0 ? 0u - static_cast<unsigned>(n) : static_cast<unsigned>(n); m != 0; m >>= 1) {
        if (m & 1u) result = result * x;
        if (m > 1u) x = x * x;
    }
    return n < 0 ? reciprocal(result) : result;
}

}  // namespace chainfold::math
