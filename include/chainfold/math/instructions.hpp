// SPDX-License-Identifier: BSL-1.0
#pragma once

// What AVX-512 does in one instruction and others in several: to take a number apart and put it together again, zero,
// infinity, NaN and denormal numbers included, and to look up an entry of a table that stands in two registers.
//
// Written as asm, so that -ffast-math knows nothing of them.  With CHAINFOLD_SAME_BITS, defined for a whole program,
// functions do without, and so give the same bits on every target (docs/design/0019).

#include <chainfold/math/bits.hpp>

namespace chainfold::math::detail {

/// Sixteen numbers.
struct register_table {
    simd<double, 8> low, high;
};

#if defined(__AVX512F__) && defined(__AVX512VL__) && !defined(CHAINFOLD_SAME_BITS)

template <class V>
inline constexpr bool has_instructions = is_simd<V> && sizeof(V) >= 16 && sizeof(V) <= 64;

/// v · 2^n for the largest integer n <= power, rounded once.
template <class V>
[[gnu::always_inline]] inline V times_two_to(V v, V power) {
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vscalefps {%1, %0, %0|%0, %0, %1}" : "+v"(v) : "v"(power));
    else
        asm("vscalefpd {%1, %0, %0|%0, %0, %1}" : "+v"(v) : "v"(power));
    return v;
}

/// c - a b, rounded once.
template <class V>
[[gnu::always_inline]] inline V minus_product(V c, V a, V b) {
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vfnmadd231ps {%2, %1, %0|%0, %1, %2}" : "+v"(c) : "v"(a), "v"(b));
    else
        asm("vfnmadd231pd {%2, %1, %0|%0, %1, %2}" : "+v"(c) : "v"(a), "v"(b));
    return c;
}

/// k for |x| = 2^k m with m in [1, 2); -infinity for 0, infinity for infinity.
template <class V>
[[gnu::always_inline]] inline V exponent_of(V x) {
    V k;
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vgetexpps {%1, %0|%0, %1}" : "=v"(k) : "v"(x));
    else
        asm("vgetexppd {%1, %0|%0, %1}" : "=v"(k) : "v"(x));
    return k;
}

/// x / 2^k, in [1, 2) or, with `Centred`, in [3/4, 3/2), for x > 0; 1 for 0 and infinity, NaN for x < 0.
template <bool Centred, class V>
[[gnu::always_inline]] inline V significand_of(V x) {
    constexpr int how = 8 + 3 * Centred;
    V m;
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vgetmantps {%2, %1, %0|%0, %1, %2}" : "=v"(m) : "v"(x), "i"(how));
    else
        asm("vgetmantpd {%2, %1, %0|%0, %1, %2}" : "=v"(m) : "v"(x), "i"(how));
    return m;
}

/// Entry i modulo 16, lane by lane.
template <class V>
[[gnu::always_inline]] inline V entry(const register_table& table, uint_of<V> i) {
    using index = simd<long long, 8>;
    constexpr std::size_t size = sizeof(V);
#if defined(__clang__)
    index wide;
    if constexpr (size == 64)
        wide = __builtin_bit_cast(index, i);
    else if constexpr (size == 32)
        wide = __builtin_bit_cast(index, __builtin_shufflevector(i, i, 0, 1, 2, 3, -1, -1, -1, -1));
    else
        wide = __builtin_bit_cast(index, __builtin_shufflevector(i, i, 0, 1, -1, -1, -1, -1, -1, -1));
    const simd<double, 8> found = __builtin_ia32_vpermi2varpd512(table.low, wide, table.high);
#else
    index wide;
    if constexpr (size == 64)
        wide = __builtin_bit_cast(index, i);
    else if constexpr (size == 32)
        wide = __builtin_bit_cast(index, __builtin_ia32_si512_256si(__builtin_bit_cast(simd<int, 8>, i)));
    else
        wide = __builtin_bit_cast(index, __builtin_ia32_si512_si(__builtin_bit_cast(simd<int, 4>, i)));
    const simd<double, 8> found = __builtin_shuffle(table.low, table.high, wide);
#endif
    if constexpr (size == 64)
        return found;
    else if constexpr (size == 32)
        return __builtin_shufflevector(found, found, 0, 1, 2, 3);
    else
        return __builtin_shufflevector(found, found, 0, 1);
}

#else

template <class V>
inline constexpr bool has_instructions = false;
template <class V>
V times_two_to(V, V);
template <class V>
V minus_product(V, V, V);
template <class V>
V exponent_of(V);
template <bool Centred, class V>
V significand_of(V);
template <class V>
V entry(const register_table&, uint_of<V>);

#endif

template <class V>
inline constexpr bool has_tables = has_instructions<V> && std::is_same_v<scalar_of<V>, double>;

}  // namespace chainfold::math::detail
