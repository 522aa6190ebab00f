// SPDX-License-Identifier: BSL-1.0
#pragma once

// Means of small things over samples that lie side by side: every lane sums up its own samples, tile by tile, and lanes
// are added when the last tile has come.  A sum is lanes_of_sum numbers in memory.

#include <chainfold/program/kernel/lane_blocks.hpp>
#include <chainfold/program/kernel/panel.hpp>

namespace chainfold::kernel {

namespace detail {
template <class V, std::size_t... I>
constexpr V counted(std::index_sequence<I...>) {
    return V{static_cast<math::scalar_of<V>>(I)...};
}
}  // namespace detail
/// 0, 1, 2 …
template <class V>
inline constexpr V lane_numbers =
    detail::counted<V>(std::make_index_sequence<static_cast<std::size_t>(math::lanes_of<V>)>{});

namespace detail {

/// A tile in which samples that are not there are 0.
template <int Size, int Tile, class T, class Entries>
inline void copy_valid(T* to, Entries from, int count) {
    constexpr int lanes = lanes_for<T, Tile>();
    using V = pack<T, lanes>;
    for (int i = 0; i < Size; ++i)
        for (int s = 0; s < Tile; s += lanes)
            store(to + i * Tile + s, math::select(lane_numbers<V> < T(count - s), from.template at<V>(i, s), V{}));
}

template <int Size, int Tile, class T>
CHAINFOLD_INLINE inline void add_vector(T* sums, const T* x, bool first) {
    constexpr int lanes = lanes_for<T, Tile>(), width = lanes_of_sum<T, Tile>();
    using V = pack<T, lanes>;
    for (int i = 0; i < Size; ++i) {
        CHAINFOLD_UNROLL
        for (int p = 0; p < width; p += lanes) {
            V sum = load<V>(x + i * Tile + p);
            CHAINFOLD_UNROLL
            for (int r = p + width; r < Tile; r += width) sum += load<V>(x + i * Tile + r);
            T* const to = sums + i * width + p;
            store(to, first ? sum : load<V>(to) + sum);
        }
    }
}

/// Adds entry (i, j) of a bᵀ.
template <int Tile, class V, class T, std::size_t Registers>
CHAINFOLD_INLINE inline void add_entry(T* sum, const V (&a)[Registers], const V (&b)[Registers]) {
    constexpr int lanes = math::lanes_of<V>, parts = lanes_of_sum<T, Tile>() / lanes;
    CHAINFOLD_UNROLL
    for (int p = 0; p < parts; ++p) {
        V total = load<V>(sum + p * lanes);
        CHAINFOLD_UNROLL
        for (int r = p; r < static_cast<int>(Registers); r += parts) total += a[r] * b[r];
        store(sum + p * lanes, total);
    }
}
template <class V, int Registers>
struct entry_of_samples {
    V of[Registers];
    template <class Entries>
    CHAINFOLD_INLINE entry_of_samples(Entries from, int i) {
        CHAINFOLD_UNROLL
        for (int r = 0; r < Registers; ++r) of[r] = from.template at<V>(i, r * math::lanes_of<V>);
    }
};

template <int Rows, int Columns, int Tile, class T, class Left, class Right>
CHAINFOLD_INLINE inline void add_outer(T* sums, Left a, Right b) {
    constexpr int lanes = lanes_for<T, Tile>();
    using entry = entry_of_samples<pack<T, lanes>, Tile / lanes>;
    for (int i = 0; i < Rows; ++i) {
        const entry left(a, i);
        for (int j = 0; j < Columns; ++j)
            add_entry<Tile>(sums + (i * Columns + j) * lanes_of_sum<T, Tile>(), left.of, entry(b, j).of);
    }
}

// Entries (I, J), (I + 1, J) … below the diagonal of Count rows, which stand in registers, and of the next columns;
// with the diagonal if that is 1, not 0.
template <int Rows, int Tile, int Diagonal, int I, int J, class Entry, std::size_t Count, class T, class Right>
CHAINFOLD_INLINE inline void add_triangle_columns(T* sums, const Entry (&left)[Count], Right b) {
    constexpr int last = I + static_cast<int>(Count) - 1;
    if constexpr (J < last + Diagonal) {
        constexpr int lanes = lanes_of_sum<T, Tile>();
        constexpr int before = J * (2 * (Rows + Diagonal) - J - 1) / 2;  // of the columns before J
        const Entry right(b, J);
        CHAINFOLD_UNROLL
        for (int i = 0; i < static_cast<int>(Count); ++i)
            if (I + i + Diagonal > J)
                add_entry<Tile>(sums + (before + I + i + Diagonal - J - 1) * lanes, left[i].of, right.of);
        add_triangle_columns<Rows, Tile, Diagonal, I, J + 1>(sums, left, b);
    }
}

// Rows from I on, so many at a time that their samples fit half the registers.
template <int Rows, int Tile, int Diagonal, int I, class T, class Left, class Right>
CHAINFOLD_INLINE inline void add_triangle(T* sums, Left a, Right b) {
    if constexpr (I < Rows) {
        constexpr int lanes = lanes_for<T, Tile>(), most = native_registers * 5 / 8 / (Tile / lanes);
        constexpr int count = Rows - I < most ? Rows - I : most < 1 ? 1 : most;
        using entry = entry_of_samples<pack<T, lanes>, Tile / lanes>;
        [&]<int... K>(std::integer_sequence<int, K...>) CHAINFOLD_INLINE {
            const entry left[] = {entry(a, I + K)...};
            add_triangle_columns<Rows, Tile, Diagonal, I, 0>(sums, left, b);
        }(std::make_integer_sequence<int, count>{});
        add_triangle<Rows, Tile, Diagonal, I + count>(sums, a, b);
    }
}

/// Adds what is below the diagonal of a bᵀ; with the diagonal if that is 1, not 0.
template <int Rows, int Tile, int Diagonal, class T, class Left, class Right>
CHAINFOLD_INLINE inline void add_lower_part(T* sums, Left a, Right b) {
    if constexpr (fits_two_entries<T, Tile>)
        add_triangle<Rows, Tile, Diagonal, 1 - Diagonal>(sums, a, b);
    else
        add_blocks<Tile, triangle_places<Rows, Diagonal>, 1 - Diagonal, Rows>(sums, a, b);
}

}  // namespace detail

/// A mean, or what a block of tiles adds to it, from sums of Width numbers.
template <int Size, int Width, class T>
inline void add_lanes(T* mean, const T* sums, const tile_state<T>& state) {
    constexpr int lanes = lanes_for<T, Width>(), parts = Width / lanes, full = Size / lanes * lanes;
    using V = pack<T, lanes>;
    const bool first = state.first_block;
    const auto folded = [&](int i) CHAINFOLD_INLINE {
        V some[parts];
        CHAINFOLD_UNROLL
        for (int p = 0; p < parts; ++p) some[p] = load<V>(sums + i * Width + p * lanes);
        return fold_registers<parts>(some, addition{});
    };
    for (int i = 0; i < full; i += lanes) {
        V some[lanes];
        CHAINFOLD_UNROLL
        for (int k = 0; k < lanes; ++k) some[k] = folded(i + k);
        const V total = state.factor * sums_of_lanes<lanes>(some);
        store(mean + i, first ? total : load<V>(mean + i) + total);
    }
    for (int i = full; i < Size; ++i) {
        const T total = state.factor * sum_of_lanes(folded(i));
        mean[i] = first ? total : mean[i] + total;
    }
}

/// Adds a tile of a vector to its sums.
template <int Size, int Tile, class T>
inline void add_to_lanes(T* mean, T* sums, const T* x, const tile_state<T>& state) {
    if (state.count == Tile) {
        detail::add_vector<Size, Tile>(sums, x, state.first);
    } else {
        T valid[Size * Tile];
        detail::copy_valid<Size, Tile>(valid, tile_entries<Tile, T>{x}, state.count);
        detail::add_vector<Size, Tile>(sums, valid, state.first);
    }
    if (state.last) add_lanes<Size, lanes_of_sum<T, Tile>()>(mean, sums, state);
}

/// The same for a bᵀ, or for its entries below the diagonal, column by column.
template <bool Triangle, int Rows, int Columns, int Tile, class T, class Left, class Right>
inline void add_outer_to_lanes(T* mean, T* sums, Left a, Right b, const tile_state<T>& state) {
    constexpr int size = Triangle ? Rows * (Rows - 1) / 2 : Rows * Columns;
    if (state.first) __builtin_memset(sums, 0, sizeof(T) * size * lanes_of_sum<T, Tile>());
    const auto add = [sums](const auto& left, const auto& right) CHAINFOLD_INLINE {
        if constexpr (Triangle)
            detail::add_lower_part<Rows, Tile, 0>(sums, left, right);
        else if constexpr (detail::fits_two_entries<T, Tile>)
            detail::add_outer<Rows, Columns, Tile>(sums, left, right);
        else
            detail::add_blocks<Tile, detail::outer_places<Columns>, 0, Rows>(sums, left, right);
    };
    if (state.count == Tile) {
        add(a, b);
    } else {
        T left[Rows * Tile], right[Columns * Tile];
        detail::copy_valid<Rows, Tile>(left, a, state.count);
        detail::copy_valid<Columns, Tile>(right, b, state.count);
        add(tile_entries<Tile, T>{left}, tile_entries<Tile, T>{right});
    }
    if (state.last) add_lanes<size, lanes_of_sum<T, Tile>()>(mean, sums, state);
}

/// The mean of the triangle for a panel of tiles.
template <int Rows, int Tile, class T>
inline void mean_of_triangle(T* mean, panel_of<const T> a, panel_of<const T> b, const tile_state<T>& state) {
    if (state.part != 0) return;  // too small to be shared
    constexpr int lanes = lanes_of_sum<T, Tile>(), size = Rows * (Rows - 1) / 2;
    T sums[size * lanes] = {};
    tile_state<T> of_tile = state;
    of_tile.last = false;
    for (int done = 0, t = 0; done < state.count; done += Tile, ++t) {
        of_tile.count = state.count - done < Tile ? state.count - done : Tile;
        of_tile.first = t == 0;
        add_outer_to_lanes<true, Rows, Rows, Tile>(mean, sums, tile_entries<Tile, T>{a.values + t * a.tile_step},
                                                   tile_entries<Tile, T>{b.values + t * b.tile_step}, of_tile);
    }
    tile_state<T> of_panel = state;
    of_panel.first_block = state.first;
    add_lanes<size, lanes>(mean, sums, of_panel);
}

}  // namespace chainfold::kernel
