// SPDX-License-Identifier: BSL-1.0
#pragma once

// Samples come one after another; a tile is laid out entry × sample.  Both directions are a transposition, done in
// squares of registers: first of squares of 16 bytes × 16 bytes, by shuffles that stay within 16 bytes, of which a core
// computes several at a time; then pieces of 16 bytes change places.

#include <utility>

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

namespace detail {

template <class V>
inline constexpr int numbers_of_piece = 16 / sizeof(math::scalar_of<V>);

// Within each piece, Width numbers of a beside as many of b: of its low half for High = 0, of its high half for 1.
template <int Width, int High, class V, std::size_t... I>
CHAINFOLD_INLINE inline V side_by_side(V a, V b, std::index_sequence<I...>) {
    constexpr int size = numbers_of_piece<V>;
    constexpr auto source = [](int i) {
        const int in_piece = i % size, group = in_piece / Width;
        return i - in_piece + group % 2 * math::lanes_of<V> + High * size / 2 + group / 2 * Width + in_piece % Width;
    };
    return __builtin_shufflevector(a, b, source(static_cast<int>(I))...);
}

// The columns from `Column` on of as many rows, in each piece.
template <int Column, int Width, int Count, class V>
CHAINFOLD_INLINE inline void transpose_pieces(V* columns, const V (&rows)[Count]) {
    if constexpr (Count == 1) {
        columns[Column] = rows[0];
    } else {
        constexpr auto all = std::make_index_sequence<static_cast<std::size_t>(math::lanes_of<V>)>{};
        V low[Count / 2], high[Count / 2];
        CHAINFOLD_UNROLL
        for (int i = 0; i < Count / 2; ++i) {
            low[i] = side_by_side<Width, 0>(rows[2 * i], rows[2 * i + 1], all);
            high[i] = side_by_side<Width, 1>(rows[2 * i], rows[2 * i + 1], all);
        }
        transpose_pieces<Column, 2 * Width>(columns, low);
        transpose_pieces<Column + Count / 2, 2 * Width>(columns, high);
    }
}
// Every Step-th piece of the rows, from First on: a row's piece i is in column i.
template <int First, int Step, int Columns, int Count, class V, class T>
CHAINFOLD_INLINE inline void store_columns(T* to, const V (&rows)[Count]) {
    if constexpr (Count == 1) {
        store(to + First * numbers_of_piece<V> * Columns, rows[0]);
    } else {
        constexpr auto all = std::make_index_sequence<static_cast<std::size_t>(math::lanes_of<V>)>{};
        V even[Count / 2], odd[Count / 2];
        CHAINFOLD_UNROLL
        for (int i = 0; i < Count / 2; ++i) {
            even[i] = every_second<0, numbers_of_piece<V>>(rows[2 * i], rows[2 * i + 1], all);
            odd[i] = every_second<1, numbers_of_piece<V>>(rows[2 * i], rows[2 * i + 1], all);
        }
        store_columns<First, 2 * Step, Columns>(to, even);
        store_columns<First + Step, 2 * Step, Columns>(to, odd);
    }
}

/// A square of lanes × lanes numbers in matrices of so many columns.
template <class V, int ToColumns, int FromColumns, class T>
CHAINFOLD_INLINE inline void transpose_square(T* to, const T* from) {
    constexpr int lanes = math::lanes_of<V>, size = numbers_of_piece<V>, pieces = lanes / size;
    V columns[pieces][size];
    CHAINFOLD_UNROLL
    for (int p = 0; p < pieces; ++p) {
        V rows[size];
        CHAINFOLD_UNROLL
        for (int i = 0; i < size; ++i) rows[i] = load<V>(from + (p * size + i) * FromColumns);
        transpose_pieces<0, 1>(columns[p], rows);
    }
    CHAINFOLD_UNROLL
    for (int c = 0; c < size; ++c) {
        V rows[pieces];
        CHAINFOLD_UNROLL
        for (int p = 0; p < pieces; ++p) rows[p] = columns[p][c];
        store_columns<0, 1, ToColumns>(to + c * ToColumns, rows);
    }
}

}  // namespace detail

/// to(j, i) = from(i, j) for Rows × Columns numbers.
template <int Rows, int Columns, class T>
inline void transpose(T* to, const T* from) {
    constexpr int lanes = lanes_for < T, Rows<Columns ? Rows : Columns>();
    int i = 0;
    if constexpr (lanes >= 4) {
        using V = pack<T, lanes>;
        for (; i + lanes <= Rows; i += lanes) {
            int j = 0;
            for (; j + lanes <= Columns; j += lanes)
                detail::transpose_square<V, Rows, Columns>(to + j * Rows + i, from + i * Columns + j);
            if constexpr (Columns % lanes > 0)
                for (; j < Columns; ++j)
                    for (int k = i; k < i + lanes; ++k) to[j * Rows + k] = from[k * Columns + j];
        }
    }
    if constexpr (lanes < 4 || Rows % lanes > 0)
        for (; i < Rows; ++i)
            for (int j = 0; j < Columns; ++j) to[j * Rows + i] = from[i * Columns + j];
}

/// A tile from samples of Size numbers; the last sample fills the places that have none.
template <int Size, int Tile, class T>
inline void load_tile(T* tile, const T* samples, int count) {
    if (count == Tile) {
        transpose<Tile, Size>(tile, samples);
        return;
    }
    for (int s = 0; s < Tile; ++s)
        for (int i = 0; i < Size; ++i) tile[i * Tile + s] = samples[(s < count ? s : count - 1) * Size + i];
}

/// Samples from a tile.
template <int Size, int Tile, class T>
inline void unload_tile(T* samples, const T* tile, int count) {
    if (count == Tile) {
        transpose<Size, Tile>(samples, tile);
        return;
    }
    for (int s = 0; s < count; ++s)
        for (int i = 0; i < Size; ++i) samples[s * Size + i] = tile[i * Tile + s];
}

}  // namespace chainfold::kernel
