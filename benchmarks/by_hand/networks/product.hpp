// SPDX-License-Identifier: BSL-1.0
#pragma once

// Products of matrices for sizes known to the compiler:
//
//     C(i, j) = Σₖ A(i, k) B(k, j)
//
// in tiles of up to 14 rows and two vectors of columns, whose sums stay in registers over all of k.  B and what is
// written in its form stand in panels: two vectors of columns, row by row, so that a panel is read from end to end.

#include "by_hand/networks/vectors.hpp"

namespace by_hand {

inline constexpr int panel_vectors = 2;
template <class T>
inline constexpr int panel_width = panel_vectors * native_lanes<T>;
inline constexpr int tile_rows = 14;

/// Where a matrix' entries are: A(i, k) at i · row + (k / block) · next + (k % block) · inner.
template <int Row, int Inner, int Block, int Next>
struct left {
    static constexpr int row = Row, inner = Inner, block = Block, next = Next;
};
template <int Width, int Inner>
using by_rows = left<Width, 1, Inner, 0>;  // row-major, as wide as that
template <int Width, int Inner>
using by_columns = left<1, Width, Inner, 0>;

template <class T, int Rows, int Vectors>
struct tile {
    vec<T, native_lanes<T>> sums[Rows][Vectors];
};

/// One tile; `done` gets it.
template <class A, int K, int Rows, int Vectors, class T, class Done>
INLINE void product_tile(const T* a, const T* b, Done&& done) {
    constexpr int lanes = native_lanes<T>;
    using V = vec<T, lanes>;
    tile<T, Rows, Vectors> c{};
    static_assert(K % A::block == 0);
    for (int outer = 0; outer < K / A::block; ++outer) {
        const T* from = a + outer * A::next;
        for (int k = 0; k < A::block; ++k) {
            if constexpr (A::row == 1) {  // a column begins on another page: nothing but this fetches it in time
                __builtin_prefetch(from + 12 * A::inner);
                __builtin_prefetch(from + 12 * A::inner + Rows - 1);
            }
            V right[Vectors];
            UNROLL
            for (int v = 0; v < Vectors; ++v) right[v] = load<V>(b + v * lanes);
            UNROLL
            for (int i = 0; i < Rows; ++i) {
                UNROLL
                for (int v = 0; v < Vectors; ++v) c.sums[i][v] += from[i * A::row] * right[v];
            }
            from += A::inner;
            b += Vectors * lanes;
        }
    }
    done(c);
}

/// Calls f(constant, first row) for tiles of nearly equal height that cover M rows.
template <int M, int Most = tile_rows, class F>
INLINE void for_tiles(F&& f) {
    constexpr int tiles = (M + Most - 1) / Most, low = M / tiles, higher = M % tiles;
    int i = 0;
    if constexpr (higher > 0)
        for (; i < higher * (low + 1); i += low + 1) f(std::integral_constant<int, low + 1>{}, i);
    for (; i < M; i += low) f(std::integral_constant<int, low>{}, i);
}

/// All of one panel of C.  done(first row, tile).
template <class A, int M, int K, int Vectors = panel_vectors, class T, class Done>
INLINE void product_panel(const T* a, const T* b, Done&& done) {
    for_tiles<M, tile_rows * panel_vectors / Vectors>([&](auto rows, int i) {
        product_tile<A, K, rows(), Vectors>(a + i * A::row, b, [&](auto& c) { done(i, c); });
    });
}

/// Lanes × Lanes numbers, transposed.
template <class V>
INLINE void transpose(V* rows);

namespace detail {
template <int Half, class V, std::size_t... I>
INLINE void exchange(V& a, V& b, std::index_sequence<I...>) {
    constexpr int n = traits<V>::lanes;
    const V low = __builtin_shufflevector(
        a, b, ((static_cast<int>(I) & Half) == 0 ? static_cast<int>(I) : n + (static_cast<int>(I) ^ Half))...);
    const V high = __builtin_shufflevector(
        a, b, ((static_cast<int>(I) & Half) == 0 ? static_cast<int>(I) ^ Half : n + static_cast<int>(I))...);
    a = low;
    b = high;
}
template <int Half, class V>
INLINE void exchange_all(V* rows) {
    constexpr int n = traits<V>::lanes;
    UNROLL
    for (int i = 0; i < n; ++i)
        if ((i & Half) == 0) exchange<Half>(rows[i], rows[i + Half], std::make_index_sequence<n>{});
    if constexpr (Half > 1) exchange_all<Half / 2>(rows);
}
}  // namespace detail

template <class V>
INLINE void transpose(V* rows) {
    detail::exchange_all<traits<V>::lanes / 2>(rows);
}

/// A panel of Bᵀ: columns first … first + panel width of a row-major matrix of Rows rows, from B in panels of its own.
/// That is, to(k, j) = B(j, k) for one panel of j.
template <int J, int K, class T>
INLINE void transposed_panel(T* to, const T* panels, int first) {
    constexpr int lanes = native_lanes<T>, width = panel_width<T>;
    using V = vec<T, lanes>;
    for (int k = 0; k < K; k += lanes) UNROLL
    for (int part = 0; part < width; part += lanes) {
        const T* const from = panels + k / width * (J * width) + (first + part) * width + k % width;
        V rows[lanes];
        UNROLL
        for (int r = 0; r < lanes; ++r) rows[r] = load<V>(from + r * width);
        transpose(rows);
        UNROLL
        for (int r = 0; r < lanes; ++r) store(to + (k + r) * width + part, rows[r]);
    }
}

}  // namespace by_hand
