// SPDX-License-Identifier: BSL-1.0
#pragma once

// A matrix times one vector.  Both directions read the matrix once, row by row.

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

namespace detail {

/// One register of partial sums for each of some rows of A x.
template <class V, int Rows, int Inner, class T>
[[gnu::always_inline]] inline void add_rows(V* sums, const T* a, const T* x) {
    constexpr int lanes = math::lanes_of<V>, full = Inner / lanes * lanes;
    CHAINFOLD_UNROLL
    for (int r = 0; r < Rows; ++r) sums[r] = load<V>(a + r * Inner) * load<V>(x);
    for (int k = lanes; k < full; k += lanes) {
        const V right = load<V>(x + k);
        CHAINFOLD_UNROLL
        for (int r = 0; r < Rows; ++r) sums[r] += load<V>(a + r * Inner + k) * right;
    }
}

/// Rows of y = A x from First on: as many as fit a register, so that they leave together.
template <int First, int Rows, int Inner, class T>
[[gnu::always_inline]] inline void rows_from(T* y, const T* a, const T* x) {
    using V = pack<T, lanes_for<T, Inner>()>;
    constexpr int lanes = math::lanes_of<V>, full = Inner / lanes * lanes;
    constexpr int together = lanes_for<T, Rows - First>() < lanes ? lanes_for<T, Rows - First>() : lanes;
    constexpr int at_once = together < 8 ? together : 8;
    constexpr int groups = (Rows - First) / together;
    for (int g = 0; g < groups; ++g) {
        const int i = First + g * together;
        V sums[together];
        CHAINFOLD_UNROLL
        for (int r = 0; r < together; r += at_once) add_rows<V, at_once, Inner>(sums + r, a + (i + r) * Inner, x);
        auto result = sums_of_lanes<together>(sums);
        if constexpr (full < Inner && together > 1) {
            T rest[together] = {};
            for (int r = 0; r < together; ++r)
                for (int k = full; k < Inner; ++k) rest[r] += a[(i + r) * Inner + k] * x[k];
            result += load<pack<T, together>>(rest);
        } else if constexpr (full < Inner) {
            for (int k = full; k < Inner; ++k) result += a[i * Inner + k] * x[k];
        }
        store(y + i, result);
    }
    if constexpr (First + groups * together < Rows) rows_from<First + groups * together, Rows, Inner>(y, a, x);
}

/// Rows of y = A x from First on, column by column.
template <int First, int Rows, int Inner, class T>
[[gnu::always_inline]] inline void short_rows_from(T* y, const T* a, const T* x) {
    constexpr int lanes = lanes_for<T, Rows - First>(), groups = (Rows - First) / lanes;
    using V = pack<T, lanes>;
    for (int i = First; i < First + groups * lanes; i += lanes) {
        V sum{};
        CHAINFOLD_UNROLL
        for (int k = 0; k < Inner; ++k) {
            V column{};
            if constexpr (lanes == 1) {
                column = a[i * Inner + k];
            } else {
                CHAINFOLD_UNROLL
                for (int r = 0; r < lanes; ++r) column[r] = a[(i + r) * Inner + k];
            }
            sum += x[k] * column;
        }
        store(y + i, sum);
    }
    if constexpr (First + groups * lanes < Rows) short_rows_from<First + groups * lanes, Rows, Inner>(y, a, x);
}

/// Columns of yᵀ = xᵀ A from First on.  With few columns, several rows are summed apart, which hides the latency.
template <int First, int Columns, int Inner, class T>
[[gnu::always_inline]] inline void columns_from(T* y, const T* a, const T* x) {
    constexpr int lanes = lanes_for<T, Columns - First>();
    using V = pack<T, lanes>;
    constexpr int most = (Columns - First) / lanes, vectors = most < 8 ? most : 8;
    constexpr int apart = vectors >= 8 || Inner < 2 ? 1 : vectors >= 4 || Inner < 4 ? 2 : 4;
    constexpr int full = Inner / apart * apart, blocks = most / vectors;
    for (int j = First; j < First + blocks * vectors * lanes; j += vectors * lanes) {
        V sums[apart][vectors] = {};
        CHAINFOLD_UNROLL_4
        for (int k = 0; k < full; k += apart) {
            CHAINFOLD_UNROLL
            for (int p = 0; p < apart; ++p) {
                CHAINFOLD_UNROLL
                for (int v = 0; v < vectors; ++v)
                    sums[p][v] += x[k + p] * load<V>(a + (k + p) * Columns + j + v * lanes);
            }
        }
        for (int k = full; k < Inner; ++k) {
            CHAINFOLD_UNROLL
            for (int v = 0; v < vectors; ++v) sums[0][v] += x[k] * load<V>(a + k * Columns + j + v * lanes);
        }
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) {
            if constexpr (apart == 4)
                store(y + j + v * lanes, (sums[0][v] + sums[1][v]) + (sums[2][v] + sums[3][v]));
            else if constexpr (apart == 2)
                store(y + j + v * lanes, sums[0][v] + sums[1][v]);
            else
                store(y + j + v * lanes, sums[0][v]);
        }
    }
    constexpr int done = First + blocks * vectors * lanes;
    if constexpr (done < Columns) columns_from<done, Columns, Inner>(y, a, x);
}

}  // namespace detail

/// y = A x for a row-major A.  Where rows are shorter than a register, it holds a column instead.
template <int Rows, int Inner, class T>
[[gnu::always_inline]] inline void rows_times_vector(T* y, const T* a, const T* x) {
    if constexpr (Inner < 8)
        detail::short_rows_from<0, Rows, Inner>(y, a, x);
    else
        detail::rows_from<0, Rows, Inner>(y, a, x);
}

/// yᵀ = xᵀ A for a row-major A of Inner rows.
template <int Columns, int Inner, class T>
[[gnu::always_inline]] inline void vector_times_columns(T* y, const T* a, const T* x) {
    detail::columns_from<0, Columns, Inner>(y, a, x);
}

}  // namespace chainfold::kernel
