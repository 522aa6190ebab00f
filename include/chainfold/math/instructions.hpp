// SPDX-License-Identifier: BSL-1.0
#pragma once

// What AVX-512 does in one instruction and others in several: to take a number apart and put it together again, zero,
// infinity, NaN and denormal numbers included, and to look up an entry of a table that stands in two registers.
//
// Written as asm, so that -ffast-math knows nothing of them.  With CHAINFOLD_SAME_BITS, defined for a whole program,
// functions do without, and so give the same bits on every target (docs/design/0019).

#include <chainfold/math/bits.hpp>
#include <chainfold/math/fused.hpp>

namespace chainfold::math::detail {

#if defined(__AVX512F__) && defined(__AVX512VL__) && !defined(CHAINFOLD_SAME_BITS)

template <class V>
inline constexpr bool has_instructions = is_simd<V> && sizeof(V) >= 16 && sizeof(V) <= 64;

/// v · 2^n for the largest integer n <= power, rounded once.
template <class V>
CHAINFOLD_INLINE inline V times_two_to(V v, V power) {
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vscalefps {%1, %0, %0|%0, %0, %1}" : "+v"(v) : "v"(power));
    else
        asm("vscalefpd {%1, %0, %0|%0, %0, %1}" : "+v"(v) : "v"(power));
    return v;
}

/// c - a b, rounded once.
template <class V>
CHAINFOLD_INLINE inline V minus_product(V c, V a, V b) {
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vfnmadd231ps {%2, %1, %0|%0, %1, %2}" : "+v"(c) : "v"(a), "v"(b));
    else
        asm("vfnmadd231pd {%2, %1, %0|%0, %1, %2}" : "+v"(c) : "v"(a), "v"(b));
    return c;
}

/// c + a b, rounded once.
template <class V>
CHAINFOLD_INLINE inline V plus_product(V c, V a, V b) {
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vfmadd231ps {%2, %1, %0|%0, %1, %2}" : "+v"(c) : "v"(a), "v"(b));
    else
        asm("vfmadd231pd {%2, %1, %0|%0, %1, %2}" : "+v"(c) : "v"(a), "v"(b));
    return c;
}

/// k for |x| = 2^k m with m in [1, 2); -infinity for 0, infinity for infinity.
template <class V>
CHAINFOLD_INLINE inline V exponent_of(V x) {
    V k;
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vgetexpps {%1, %0|%0, %1}" : "=v"(k) : "v"(x));
    else
        asm("vgetexppd {%1, %0|%0, %1}" : "=v"(k) : "v"(x));
    return k;
}

/// x / 2^k, in [1, 2) or, with `Centred`, in [3/4, 3/2), for x > 0; 1 for 0 and infinity, NaN for x < 0.
template <bool Centred, class V>
CHAINFOLD_INLINE inline V significand_of(V x) {
    constexpr int how = 8 + 3 * Centred;
    V m;
    if constexpr (std::is_same_v<scalar_of<V>, float>)
        asm("vgetmantps {%2, %1, %0|%0, %1, %2}" : "=v"(m) : "v"(x), "i"(how));
    else
        asm("vgetmantpd {%2, %1, %0|%0, %1, %2}" : "=v"(m) : "v"(x), "i"(how));
    return m;
}

/// u, or the nearer of two limits.
template <auto Least, auto Largest, class U>
CHAINFOLD_INLINE inline U between(U u) {
    static_assert(sizeof(scalar_of<U>) == 4);
    const U least = splat<U>(Least), largest = splat<U>(Largest);
    asm("vpmaxud {%1, %0, %0|%0, %0, %1}" : "+v"(u) : "v"(least));
    asm("vpminud {%1, %0, %0|%0, %0, %1}" : "+v"(u) : "v"(largest));
    return u;
}

/// Entry i modulo the size of the table, lane by lane, from registers.
template <class V>
CHAINFOLD_INLINE inline V entry_of_registers(const register_table<scalar_of<V>>& table, uint_of<V> i) {
    using T = scalar_of<V>;
    using words = simd<long long, 8>;
    using index = int_of<simd<T, 64 / static_cast<int>(sizeof(T))>>;
    constexpr std::size_t size = sizeof(V);
    words wide;
    if constexpr (size == 64) {
        wide = __builtin_bit_cast(words, i);
    } else if constexpr (size == 32) {
#if defined(__clang__)
        const auto narrow = __builtin_bit_cast(simd<long long, 4>, i);
        wide = __builtin_shufflevector(narrow, narrow, 0, 1, 2, 3, -1, -1, -1, -1);
#else
        wide = __builtin_bit_cast(words, __builtin_ia32_si512_256si(__builtin_bit_cast(simd<int, 8>, i)));
#endif
    } else {
#if defined(__clang__)
        const auto narrow = __builtin_bit_cast(simd<long long, 2>, i);
        wide = __builtin_shufflevector(narrow, narrow, 0, 1, -1, -1, -1, -1, -1, -1);
#else
        wide = __builtin_bit_cast(words, __builtin_ia32_si512_si(__builtin_bit_cast(simd<int, 4>, i)));
#endif
    }
    const index at = __builtin_bit_cast(index, wide);
#if defined(__clang__)
    simd<T, lanes_of<index>> all;
    if constexpr (std::is_same_v<T, float>)
        all = __builtin_ia32_vpermi2varps512(table.low, at, table.high);
    else
        all = __builtin_ia32_vpermi2varpd512(table.low, at, table.high);
#else
    const auto all = __builtin_shuffle(table.low, table.high, at);
#endif
    const auto found = __builtin_bit_cast(simd<double, 8>, all);
    if constexpr (size == 64)
        return __builtin_bit_cast(V, found);
    else if constexpr (size == 32)
        return __builtin_bit_cast(V, __builtin_shufflevector(found, found, 0, 1, 2, 3));
    else
        return __builtin_bit_cast(V, __builtin_shufflevector(found, found, 0, 1));
}

/// Entry i modulo the size of the table, lane by lane.  Of one or two doubles from memory: while anything on 64 bytes is
/// under way, processors close one of the two units that shorter products need.
template <class V, lanes L>
CHAINFOLD_INLINE inline V entry(const register_table<scalar_of<V>>& table, uint_of<V> i) {
    if constexpr (sizeof(V) == 16 && lanes_of<V> == 2) {
        return entry_of_memory<V, L>(table, i);
    } else {
        return entry_of_registers<V>(table, i);
    }
}

/// Entry i modulo the size of the table, lane by lane.
template <class V>
CHAINFOLD_INLINE inline V entry(const half_table<scalar_of<V>>& table, uint_of<V> i) {
    using half = decltype(half_table<scalar_of<V>>::low);
    const auto at = __builtin_bit_cast(int_of<V>, i);
    if constexpr (sizeof(V) == 64) {
        const V all = [&]<std::size_t... I>(std::index_sequence<I...>) CHAINFOLD_INLINE {
            return __builtin_shufflevector(table.low, table.high, static_cast<int>(I)...);
        }(std::make_index_sequence<static_cast<std::size_t>(lanes_of<V>)>{});
#if defined(__clang__)
        if constexpr (sizeof(scalar_of<V>) == 4)
            return __builtin_bit_cast(V, __builtin_ia32_permvarsi512(__builtin_bit_cast(int_of<V>, all), at));
        else
            return __builtin_bit_cast(V, __builtin_ia32_permvardi512(__builtin_bit_cast(int_of<V>, all), at));
#else
        return __builtin_shuffle(all, at);
#endif
    } else if constexpr (sizeof(V) == 32) {
#if defined(__clang__)
        const auto low = __builtin_bit_cast(int_of<half>, table.low),
                   high = __builtin_bit_cast(int_of<half>, table.high);
        if constexpr (sizeof(scalar_of<V>) == 4)
            return __builtin_bit_cast(V, __builtin_ia32_vpermi2vard256(low, at, high));
        else
            return __builtin_bit_cast(V, __builtin_ia32_vpermi2varq256(low, at, high));
#else
        return __builtin_shuffle(table.low, table.high, at);
#endif
    } else {
        const auto words = __builtin_bit_cast(simd<long long, 2>, i);
#if defined(__clang__)
        const auto wide = __builtin_shufflevector(words, words, 0, 1, -1, -1);
#else
        const auto wide = __builtin_ia32_si256_si(__builtin_bit_cast(simd<int, 4>, words));
#endif
        const half found = entry<half>(table, __builtin_bit_cast(uint_of<half>, wide));
        return half_of<0>(found);
    }
}

#else

template <class V>
inline constexpr bool has_instructions = false;
template <class V>
V times_two_to(V, V);
template <auto Least, auto Largest, class U>
U between(U);

#endif

template <class V>
inline constexpr bool has_tables = finds_in_memory<V> || (has_instructions<V> && std::is_same_v<scalar_of<V>, double>);
/// Is there minus_product?
template <class V>
inline constexpr bool subtracts_products = fuses<V> || has_instructions<V>;

}  // namespace chainfold::math::detail
