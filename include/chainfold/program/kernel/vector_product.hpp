// SPDX-License-Identifier: BSL-1.0
#pragma once

// A matrix times one vector.  Both directions read the matrix once, row by row.

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

namespace detail {

/// A row's partial sums of some rows of A x: Parts registers for each row, which then are one.
template <class V, int Rows, int Parts, int Inner, class T>
[[gnu::always_inline]] inline void add_rows(V* sums, const T* a, const T* x) {
    constexpr int lanes = math::lanes_of<V>, width = Parts * lanes, full = Inner / width * width;
    V partial[Rows][Parts];
    CHAINFOLD_UNROLL
    for (int p = 0; p < Parts; ++p) {
        const V right = load<V>(x + p * lanes);
        CHAINFOLD_UNROLL
        for (int r = 0; r < Rows; ++r) partial[r][p] = load<V>(a + r * Inner + p * lanes) * right;
    }
    for (int k = width; k < full; k += width) {
        CHAINFOLD_UNROLL
        for (int p = 0; p < Parts; ++p) {
            const V right = load<V>(x + k + p * lanes);
            CHAINFOLD_UNROLL
            for (int r = 0; r < Rows; ++r) partial[r][p] += load<V>(a + r * Inner + k + p * lanes) * right;
        }
    }
    CHAINFOLD_UNROLL
    for (int r = 0; r < Rows; ++r) sums[r] = fold_registers<Parts>(partial[r], addition{});
}

/// What is left of some rows: in registers of 16 bytes, then one by one.
template <int Rows, int First, int Inner, class V, class T>
[[gnu::always_inline]] inline void add_rest(V& result, const T* a, const T* x) {
    constexpr int narrow = lanes_for<T, Inner, 16>(), last = First + (Inner - First) / narrow * narrow;
    if constexpr (last > First) {
        using Q = pack<T, narrow>;
        constexpr int together = Rows < narrow ? Rows : narrow;
        pack<T, together> added[Rows / together];
        CHAINFOLD_UNROLL
        for (int g = 0; g < Rows / together; ++g) {
            Q sums[together];
            CHAINFOLD_UNROLL
            for (int r = 0; r < together; ++r) {
                const T* const row = a + (g * together + r) * Inner;
                sums[r] = load<Q>(row + First) * load<Q>(x + First);
                CHAINFOLD_UNROLL
                for (int k = First + narrow; k < last; k += narrow) sums[r] += load<Q>(row + k) * load<Q>(x + k);
            }
            added[g] = sums_of_lanes<together>(sums);
        }
        V all;
        __builtin_memcpy(&all, added, sizeof all);
        result += all;
    }
    if constexpr (last < Inner) {
        T sums[Rows] = {};
        for (int r = 0; r < Rows; ++r)
            for (int k = last; k < Inner; ++k) sums[r] += a[r * Inner + k] * x[k];
        result += load<V>(sums);
    }
}

/// Rows of y = A x from First on: as many as fit a register, so that they leave together.
template <int First, int Rows, int Inner, class T>
[[gnu::always_inline]] inline void rows_from(T* y, const T* a, const T* x) {
    using V = pack<T, lanes_for<T, Inner>()>;
    constexpr int lanes = math::lanes_of<V>, width = lanes_of_sum<T, Inner>(), full = Inner / width * width;
    constexpr int together = lanes_for<T, Rows - First>() < lanes ? lanes_for<T, Rows - First>() : lanes;
    constexpr int parts = width / lanes, most = 8 / parts, at_once = together < most ? together : most;
    constexpr int groups = (Rows - First) / together;
    for (int g = 0; g < groups; ++g) {
        const int i = First + g * together;
        V sums[together];
        CHAINFOLD_UNROLL
        for (int r = 0; r < together; r += at_once) add_rows<V, at_once, parts, Inner>(sums + r, a + (i + r) * Inner, x);
        auto result = sums_of_lanes<together>(sums);
        if constexpr (full < Inner) add_rest<together, full, Inner>(result, a + i * Inner, x);
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

/// As many registers side by side as divide `registers` and, in `apart` sums each, stay registers.
constexpr int registers_at_once(int registers, int apart) {
    int most = registers;
    while (registers % most != 0 || most * apart > 14) --most;
    return most;
}

/// Columns of yᵀ = xᵀ A from First on.  With few columns, several rows are summed apart, which hides the latency; how
/// many follows from the columns, not from the registers, so that the order of the sums does.
template <int First, int Columns, int Inner, class T>
[[gnu::always_inline]] inline void columns_from(T* y, const T* a, const T* x) {
    constexpr int width = lanes_of_sum<T, Columns - First>(), lanes = lanes_for<T, Columns - First>();
    using V = pack<T, lanes>;
    constexpr int most = (Columns - First) / width, wide = most < 8 ? most : 8;
    constexpr int apart = wide >= 8 || Inner < 2 ? 1 : wide >= 4 || Inner < 4 ? 2 : 4;
    constexpr int full = Inner / apart * apart, done = First + most / wide * wide * width;
    constexpr int vectors = registers_at_once(wide * width / lanes, apart);
    for (int j = First; j < done; j += vectors * lanes) {
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
