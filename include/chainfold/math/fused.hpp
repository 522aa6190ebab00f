// SPDX-License-Identifier: BSL-1.0
#pragma once

// What fused multiply-adds give a processor without AVX-512: a product that is subtracted before it is rounded, and, for
// one double or two, the same tables as with AVX-512 (instructions.hpp), found in memory.  (Registers of four would look
// up four entries one by one, which takes longer than what a polynomial has more terms.)
//
// With CHAINFOLD_SAME_BITS, defined for a whole program, functions do without.

#include <chainfold/math/bits.hpp>

namespace chainfold::math::detail {

/// Which lanes of a register count.
enum class lanes { all, first };

/// Sixteen doubles or thirty-two floats.
template <class T>
struct register_table {
    simd<T, 64 / static_cast<int>(sizeof(T))> low, high;
};
/// Sixteen floats or eight doubles, or integers as long: registers of up to 32 bytes find them without one of 64.
template <class T>
struct half_table {
    simd<T, 32 / static_cast<int>(sizeof(T))> low, high;
};

/// Entry i modulo the size of the table, for one number of 8 bytes or two.
template <class V, lanes L, class Table>
CHAINFOLD_INLINE inline V entry_of_memory(const Table& table, uint_of<V> i) {
    using number = scalar_of<V>;
    const auto at = [&](std::uint64_t index) CHAINFOLD_INLINE {
        return reinterpret_cast<const number*>(&table)[index % (sizeof(Table) / sizeof(number))];
    };
    if constexpr (!is_simd<V>)
        return at(i);
    else if constexpr (L == lanes::first)
        return splat<V>(at(i[0]));
    else
        return V{at(i[0]), at(i[1])};
}

#if defined(__FMA__) && !defined(__AVX512F__) && !defined(CHAINFOLD_SAME_BITS)

template <class V>
inline constexpr bool fuses = has_bits<scalar_of<V>> && (!is_simd<V> || sizeof(V) == 16 || sizeof(V) == 32);

/// c + a b, rounded once.
template <class V>
CHAINFOLD_INLINE inline V plus_product(V c, V a, V b) {
    if constexpr (std::is_same_v<V, float>)
        return __builtin_fmaf(a, b, c);
    else if constexpr (std::is_same_v<V, double>)
        return __builtin_fma(a, b, c);
#if defined(__clang__)
    else
        return __builtin_elementwise_fma(a, b, c);
#else
    else if constexpr (std::is_same_v<scalar_of<V>, float> && sizeof(V) == 16)
        return __builtin_ia32_vfmaddps(a, b, c);
    else if constexpr (std::is_same_v<scalar_of<V>, float>)
        return __builtin_ia32_vfmaddps256(a, b, c);
    else if constexpr (sizeof(V) == 16)
        return __builtin_ia32_vfmaddpd(a, b, c);
    else
        return __builtin_ia32_vfmaddpd256(a, b, c);
#endif
}
/// c - a b, rounded once.
template <class V>
CHAINFOLD_INLINE inline V minus_product(V c, V a, V b) {
    return plus_product(c, a, -b);
}

/// One double or two.
template <class V>
inline constexpr bool finds_in_memory = std::is_same_v<scalar_of<V>, double> && (!is_simd<V> || lanes_of<V> == 2);

/// Is 0 < x < infinity, and no denormal number, in every lane?
template <class V>
CHAINFOLD_INLINE inline bool all_normal(V x) {
    using form = format<double>;
    if constexpr (!is_simd<V>) {  // as integers: all others are beyond, negative ones too
        constexpr auto smallest = std::uint64_t{1} << form::mantissa_bits;
        return to_bits(x) - smallest < form::infinity - smallest;
    } else {
        return !any(!((x >= std::numeric_limits<double>::min()) & (x < infinity<double>)));
    }
}

/// k and x / 2^k in [1, 2), for a normal x > 0.
template <class V>
CHAINFOLD_INLINE inline V exponent_of(V x) {
    CHAINFOLD_KEEP_ORDER
    using form = format<double>;
    return protect(from_bits<V>((to_bits(x) >> form::mantissa_bits) + form::integer) -
                   (from_bits<double>(form::integer) + static_cast<double>(form::bias)));
}
template <bool Centred, class V>
CHAINFOLD_INLINE inline V significand_of(V x) {
    static_assert(!Centred);
    using form = format<double>;
    constexpr std::uint64_t one = form::bias << form::mantissa_bits, rest = one | form::sign | form::infinity;
    return from_bits<V>((to_bits(x) & ~rest) | one);
}

template <class V, lanes L = lanes::all>
CHAINFOLD_INLINE inline V entry(const register_table<double>& table, uint_of<V> i) {
    return entry_of_memory<V, L>(table, i);
}
template <class V>
CHAINFOLD_INLINE inline V entry(const half_table<scalar_of<V>>& table, uint_of<V> i) {
    return entry_of_memory<V, lanes::all>(table, i);
}

#else  // with AVX-512 in instructions.hpp, elsewhere nowhere

template <class V>
inline constexpr bool fuses = false;
template <class V>
inline constexpr bool finds_in_memory = false;
template <class V>
V plus_product(V, V, V);
template <class V>
V minus_product(V, V, V);
template <class V>
bool all_normal(V);
template <class V>
V exponent_of(V);
template <bool Centred, class V>
V significand_of(V);
template <class V, lanes L = lanes::all>
V entry(const register_table<scalar_of<V>>&, uint_of<V>);
template <class V>
V entry(const half_table<scalar_of<V>>&, uint_of<V>);

#endif

}  // namespace chainfold::math::detail
