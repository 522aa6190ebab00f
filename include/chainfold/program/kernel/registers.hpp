// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reading, writing and summing registers of the widest vectors that the target has and the data fill.

#include <cstddef>
#include <utility>

#include <chainfold/math/vector.hpp>

// Loops are written out whole, some rounds at a time (two where registers are short, and a round therefore is long),
// two at a time, or not at all, where compilers would.
#if defined(__clang__)
#define CHAINFOLD_UNROLL _Pragma("clang loop unroll(full)")
#define CHAINFOLD_UNROLL_TWICE _Pragma("clang loop unroll_count(2)")
#define CHAINFOLD_NO_UNROLL _Pragma("clang loop unroll(disable)")
#if defined(__AVX__)
#define CHAINFOLD_UNROLL_SOME _Pragma("clang loop unroll_count(4)")
#else
#define CHAINFOLD_UNROLL_SOME _Pragma("clang loop unroll_count(2)")
#endif
#else
#define CHAINFOLD_UNROLL _Pragma("GCC unroll 32")
#define CHAINFOLD_UNROLL_TWICE _Pragma("GCC unroll 2")
#define CHAINFOLD_NO_UNROLL _Pragma("GCC unroll 1")
#if defined(__AVX__)
#define CHAINFOLD_UNROLL_SOME _Pragma("GCC unroll 4")
#else
#define CHAINFOLD_UNROLL_SOME _Pragma("GCC unroll 2")
#endif
#endif

namespace chainfold::kernel {

namespace detail {
template <class T, int Lanes>
struct register_of {
    using type = math::simd<T, Lanes>;
};
template <class T>
struct register_of<T, 1> {
    using type = T;
};
}  // namespace detail

/// Lanes numbers of type T in a register; T itself for one.
template <class T, int Lanes>
using pack = typename detail::register_of<T, Lanes>::type;

/// How many vector registers there are.
inline constexpr int native_registers = math::native_bytes == 64 ? 32 : 16;
/// Does a number fill a register by an instruction of its own, which passes where products do?  (Before AVX.)
#if defined(__SSE2__) && !defined(__AVX__)
inline constexpr bool fills_registers = true;
#else
inline constexpr bool fills_registers = false;
#endif

/// The largest power of two of numbers that fits a register, at most Count.
template <class T, int Count, int Bytes = math::native_bytes>
constexpr int lanes_for() {
    int lanes = 1;
    if constexpr (sizeof(T) <= 8)
        while (2 * lanes <= Count && 2 * lanes * static_cast<int>(sizeof(T)) <= Bytes) lanes *= 2;
    return lanes;
}

/// Bytes of numbers that are summed side by side.
inline constexpr int bytes_of_sum = 64;
/// Numbers that are summed side by side, at most Count.  A sum has an order of its own, so that it is the same to the
/// last bit whatever registers the target has: the order of the widest, which elsewhere are several.
template <class T, int Count>
constexpr int lanes_of_sum() {
    return lanes_for<T, Count, bytes_of_sum>();
}

/// Bytes that are stored at once where nothing computes with more.  A register of 64 bytes lies over two lines of the
/// cache wherever it does not begin one, and while one is under way, processors close a unit for shorter ones.
inline constexpr int bytes_of_store = math::native_bytes < 32 ? math::native_bytes : 32;
/// Bytes of a line of the cache.
inline constexpr int bytes_of_line = 64;
/// Bytes of the registers for rows of so many bytes.  What is short and not whole lines of the cache lies over two of
/// them in most registers of 64 bytes, and in few of 32.
constexpr int bytes_for_row(std::size_t bytes) {
    return bytes < 2 * bytes_of_line && bytes % bytes_of_line != 0 ? bytes_of_store : math::native_bytes;
}
template <class T, int Columns>
inline constexpr int bytes_for_rows = bytes_for_row(sizeof(T) * Columns);
/// Is entry i of a result in the second, fourth, … piece of so many bytes?
template <class T>
constexpr bool is_in_odd_piece(std::ptrdiff_t i) {
    return i * static_cast<std::ptrdiff_t>(sizeof(T)) / bytes_of_store % 2 != 0;
}
/// The same address, of which the compiler does not know that it is.  (Compilers make one store of 64 bytes of what is
/// stored side by side: g++ 12 of numbers, Clang of zeros too.  What lies in odd pieces goes through such an address,
/// which keeps it apart.)
template <class T>
CHAINFOLD_INLINE inline T* apart(T* address) {
#if defined(__AVX512F__)
    asm("" : "+r"(address));
#endif
    return address;
}

/// For the compiler, what was stored among these numbers comes before what will be; no instruction.  (Stores to one
/// line of the cache that follow one another are one; compilers move them apart, to wherever a result is ready.  25
/// stores to 13 lines of a Zen 5: 12 cycles line by line, 21 in any other order.)
template <int Count, class T>
CHAINFOLD_INLINE inline void in_order(T* stored) {
    using all = T[Count];
    asm volatile("" : "+m"(*reinterpret_cast<all*>(stored)));
}

template <class V, class T>
CHAINFOLD_INLINE inline V load(const T* from) {
    V v;
    __builtin_memcpy(&v, from, sizeof v);
    return v;
}
template <class V, class T>
CHAINFOLD_INLINE inline void store(T* to, V v) {
    __builtin_memcpy(to, &v, sizeof v);
}

/// A register of the lanes of two, of 16 bytes each.
template <class V>
CHAINFOLD_INLINE inline auto join(V low, V high) {
    using T = math::scalar_of<V>;
    using joined = math::simd<T, 2 * math::lanes_of<V>>;
#if defined(__AVX__) && !defined(__clang__)  // otherwise g++ 12 moves both registers before it joins them
    if constexpr (std::is_same_v<T, double>)
        return joined(__builtin_ia32_vinsertf128_pd256(__builtin_ia32_pd256_pd(low), high, 1));
    else
#endif
        return [&]<int... I>(std::integer_sequence<int, I...>) CHAINFOLD_INLINE {
            auto both = joined(__builtin_shufflevector(low, high, I...));
#if defined(__AVX__) && defined(__clang__)  // otherwise Clang stores each by itself
            asm("" : "+x"(both));
#endif
            return both;
        }(std::make_integer_sequence<int, 2 * math::lanes_of<V>>{});
}

/// One result from all lanes, by halves.
template <class V, class Combine>
CHAINFOLD_INLINE inline math::scalar_of<V> fold(V v, Combine combine) {
    if constexpr (math::lanes_of<V> == 1) {
        return v;
    } else if constexpr (math::lanes_of<V> == 2) {
        return combine(v[0], v[1]);
    } else {
        using half = math::simd<math::scalar_of<V>, math::lanes_of<V> / 2>;
        half parts[2];
        __builtin_memcpy(parts, &v, sizeof v);
        return fold(combine(parts[0], parts[1]), combine);
    }
}
/// One result from Count registers, by halves, as if they were one.
template <int Count, class V, class Combine>
CHAINFOLD_INLINE inline V fold_registers(const V* v, Combine combine) {
    if constexpr (Count == 1) {
        return v[0];
    } else {
        V half[Count / 2];
        CHAINFOLD_UNROLL
        for (int i = 0; i < Count / 2; ++i) half[i] = combine(v[i], v[i + Count / 2]);
        return fold_registers<Count / 2>(half, combine);
    }
}
struct addition {
    CHAINFOLD_INLINE constexpr auto operator()(auto a, auto b) const { CHAINFOLD_CONTRACT return a + b; }
};
template <class V>
CHAINFOLD_INLINE inline math::scalar_of<V> sum_of_lanes(V v) {
    return fold(v, addition{});
}

namespace detail {

/// What stands at even places of a and b, or at odd ones: numbers, or pieces of Size numbers.
template <int Odd, int Size = 1, class V, std::size_t... I>
CHAINFOLD_INLINE inline V every_second(V a, V b, std::index_sequence<I...>) {
    return __builtin_shufflevector(a, b, (static_cast<int>(I) + static_cast<int>(I) / Size * Size + Odd * Size)...);
}

/// Sums over lanes that are Half apart: of a where bit Half of the lane is 0, of b where it is 1.
template <int Half, class V, std::size_t... I>
CHAINFOLD_INLINE inline V add_halves(V a, V b, std::index_sequence<I...>) {
    constexpr int lanes = math::lanes_of<V>;
    V kept;
    if constexpr (sizeof(V) == 64) {  // a choice by a mask: of shuffles, a core computes one at a time
        constexpr decltype(a < b) second{(I & Half ? -1 : 0)...};
        kept = math::select(second, b, a);
    } else {
        kept = __builtin_shufflevector(a, b, (static_cast<int>(I) + (I & Half ? lanes : 0))...);
    }
    const V moved = __builtin_shufflevector(a, b, (static_cast<int>(I) + (I & Half ? lanes - Half : Half))...);
    return kept + moved;
}
template <int Half, class V>
CHAINFOLD_INLINE inline void add_pairs(V* sums) {
    constexpr auto all = std::make_index_sequence<static_cast<std::size_t>(math::lanes_of<V>)>{};
    CHAINFOLD_UNROLL
    for (int i = 0; i < Half; ++i) sums[i] = add_halves<Half>(sums[i], sums[i + Half], all);
    if constexpr (Half > 1) add_pairs<Half / 2>(sums);
}

}  // namespace detail

/// One register whose lane i is the sum of all lanes of sums[i], for as many sums as it has lanes.  Sums of halves
/// first, while there are more lanes than sums; then two sums at a time share a register, log₂ times.
template <int Count, class V>
CHAINFOLD_INLINE inline auto sums_of_lanes(const V* sums) {
    using T = math::scalar_of<V>;
    constexpr int lanes = math::lanes_of<V>;
    if constexpr (Count == 1) {
        return sum_of_lanes(sums[0]);
    } else if constexpr (lanes > Count) {
        using half = math::simd<T, lanes / 2>;
        half added[Count];
        CHAINFOLD_UNROLL
        for (int i = 0; i < Count; ++i) {
            half parts[2];
            __builtin_memcpy(parts, &sums[i], sizeof(V));
            added[i] = parts[0] + parts[1];
        }
        return sums_of_lanes<Count>(added);
    } else {
        V mixed[Count];
        CHAINFOLD_UNROLL
        for (int i = 0; i < Count; ++i) mixed[i] = sums[i];
        detail::add_pairs<Count / 2>(mixed);
        return mixed[0];
    }
}

}  // namespace chainfold::kernel
