// SPDX-License-Identifier: BSL-1.0
#pragma once

// Samples come one after another; a tile is laid out entry × sample.  Both directions are a transposition, done in
// squares of registers by log₂ steps of interleaving.

#include <utility>

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

namespace detail {

/// A square of lanes × lanes numbers in matrices of so many columns.
template <class V, std::ptrdiff_t ToColumns, std::ptrdiff_t FromColumns, class T>
CHAINFOLD_INLINE inline void transpose_square(T* to, const T* from) {
    constexpr int lanes = math::lanes_of<V>;
    constexpr auto all = std::make_index_sequence<static_cast<std::size_t>(lanes)>{};
    V rows[lanes], mixed[lanes];
    CHAINFOLD_UNROLL
    for (int i = 0; i < lanes; ++i) rows[i] = load<V>(from + i * FromColumns);
    CHAINFOLD_UNROLL
    for (int done = 1; done < lanes; done *= 2) {
        CHAINFOLD_UNROLL
        for (int i = 0; i < lanes / 2; ++i) {
            mixed[2 * i] = interleave<0>(rows[i], rows[i + lanes / 2], all);
            mixed[2 * i + 1] = interleave<1>(rows[i], rows[i + lanes / 2], all);
        }
        CHAINFOLD_UNROLL
        for (int i = 0; i < lanes; ++i) rows[i] = mixed[i];
    }
    CHAINFOLD_UNROLL
    for (int i = 0; i < lanes; ++i) store(to + i * ToColumns, rows[i]);
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
