// SPDX-License-Identifier: BSL-1.0
#pragma once

// Sums of products over samples that lie side by side, for a block of entries at a time, whose sums stay in registers
// while the samples pass.  For tiles of more samples than registers hold for two entries, and for second moments where
// registers are many.

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel::detail {

/// Do the samples of two entries of a tile fit the registers, and room remain?
template <class T, int Tile>
inline constexpr bool fits_two_entries = native_registers * 5 / 8 / (Tile / lanes_for<T, Tile>()) >= 2;

/// Where the sums of a bᵀ stand: row by row; of its part below the diagonal, column by column, with the diagonal if
/// that is 1, not 0.  −1 for what has none.
template <int Columns>
struct outer_places {
    static constexpr int columns_of(int) { return Columns; }
    static constexpr int of(int i, int j) { return i * Columns + j; }
};
template <int Rows, int Diagonal>
struct triangle_places {
    static constexpr int columns_of(int i) { return i + Diagonal; }
    static constexpr int of(int i, int j) {
        return j < columns_of(i) ? j * (2 * (Rows + Diagonal) - j - 1) / 2 + i + Diagonal - j - 1 : -1;
    }
};

// v, in a register.  (g++ 12 would read it from memory again for every product.)
template <class V>
CHAINFOLD_INLINE inline V in_register(V v) {
#if defined(__SSE2__) && !defined(__clang__)
    if constexpr (math::is_simd<V>) asm("" : "+x"(v));
#endif
    return v;
}

// Entries (I + i, J + j) for i < Rows and j < Columns: their sums and a column's products fill the registers.
template <int Tile, class Places, int I, int J, int Rows, int Columns, class T, class Left, class Right>
CHAINFOLD_INLINE inline void add_block(T* sums, Left a, Right b) {
    constexpr int lanes = lanes_for<T, Tile>(), width = lanes_of_sum<T, Tile>();
    using V = pack<T, lanes>;
    const auto for_each_row = [](int j, auto f) CHAINFOLD_INLINE {
        CHAINFOLD_UNROLL
        for (int i = 0; i < Rows; ++i)
            if (Places::of(I + i, J + j) >= 0) f(i);
    };
    const auto for_each = [&](auto f) CHAINFOLD_INLINE {
        CHAINFOLD_UNROLL
        for (int j = 0; j < Columns; ++j) for_each_row(j, [&](int i) CHAINFOLD_INLINE { f(i, j); });
    };
    for (int p = 0; p < width; p += lanes) {
        V total[Rows][Columns];
        for_each([&](int i, int j)
                     CHAINFOLD_INLINE { total[i][j] = load<V>(sums + Places::of(I + i, J + j) * width + p); });
        for (int s = p; s < Tile; s += width) {
            V left[Rows];
            CHAINFOLD_UNROLL
            for (int i = 0; i < Rows; ++i) left[i] = in_register(a.template at<V>(I + i, s));
            CHAINFOLD_UNROLL
            for (int j = 0; j < Columns; ++j) {
                const V right = in_register(b.template at<V>(J + j, s));
                for_each_row(j, [&](int i) CHAINFOLD_INLINE { total[i][j] += left[i] * right; });
            }
        }
        for_each([&](int i, int j)
                     CHAINFOLD_INLINE { store(sums + Places::of(I + i, J + j) * width + p, total[i][j]); });
    }
}

// So many rows and columns that their sums and what they read fit the registers.
inline constexpr int block_rows = native_registers > 16 ? 5 : 3, block_columns = native_registers > 16 ? 5 : 4;

// All columns from J on, of Rows rows.
template <int Tile, class Places, int I, int J, int Rows, class T, class Left, class Right>
CHAINFOLD_INLINE inline void add_rows_of_blocks(T* sums, Left a, Right b) {
    constexpr int left = Places::columns_of(I + Rows - 1) - J;
    if constexpr (left > 0) {
        constexpr int blocks = (left + block_columns - 1) / block_columns;
        constexpr int columns = (left + blocks - 1) / blocks;  // of about the same size
        add_block<Tile, Places, I, J, Rows, columns>(sums, a, b);
        add_rows_of_blocks<Tile, Places, I, J + columns, Rows>(sums, a, b);
    }
}

/// Adds rows I to End of a bᵀ, or of what Places has of it: block_rows at a time, of a triangle's first ones, which
/// have the fewest columns, one more where one row would be left at the end.
template <int Tile, class Places, int I, int End, class T, class Left, class Right>
inline void add_blocks(T* sums, Left a, Right b) {
    if constexpr (I < End) {
        constexpr bool is_narrow = Places::columns_of(I) < Places::columns_of(End - 1) && Places::columns_of(I) < 2;
        constexpr int most = block_rows + (is_narrow && (End - I) % block_rows == 1);
        constexpr int rows = End - I < most ? End - I : most;
        add_rows_of_blocks<Tile, Places, I, 0, rows>(sums, a, b);
        add_blocks<Tile, Places, I + rows, End>(sums, a, b);
    }
}

}  // namespace chainfold::kernel::detail
