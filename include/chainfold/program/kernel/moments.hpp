// SPDX-License-Identifier: BSL-1.0
#pragma once

// Second moments mean(w z zᵀ) of a few entries over samples that lie side by side, and first moments mean(w z) beside
// them.  One half of the symmetric matrix is summed up, lane by lane: where registers are few the entries of a tile are
// computed once before; where they are many each block of the matrix computes its own.

#include <chainfold/program/kernel/lane_sums.hpp>

namespace chainfold::kernel {

namespace detail {

/// w z
template <class T, class Entries>
struct weighted_entries {
    const T* weights;
    Entries values;
    template <class V>
    CHAINFOLD_INLINE V at(int i, int lane) const {
        return load<V>(weights + lane) * values.template at<V>(i, lane);
    }
};

/// Adds the samples of w z to the first moment's sums, and keeps z, and w z where `Weighted`.
template <bool First, bool Weighted, int Rows, int Tile, class T, class Entries>
CHAINFOLD_INLINE inline void keep_entries(T* kept, [[maybe_unused]] T* weighted, [[maybe_unused]] T* sums,
                                          [[maybe_unused]] const T* w, Entries z) {
    constexpr int lanes = lanes_for<T, Tile>(), width = lanes_of_sum<T, Tile>();
    using V = pack<T, lanes>;
    for (int i = 0; i < Rows; ++i) {
        CHAINFOLD_UNROLL
        for (int p = 0; p < width; p += lanes) {
            V sum{};
            if constexpr (First) sum = load<V>(sums + i * width + p);
            CHAINFOLD_UNROLL
            for (int r = p; r < Tile; r += width) {
                const V value = z.template at<V>(i, r);
                store(kept + i * Tile + r, value);
                if constexpr (Weighted) {
                    const V product = load<V>(w + r) * value;
                    store(weighted + i * Tile + r, product);
                    if constexpr (First) sum += product;
                } else if constexpr (First) {
                    sum += load<V>(w + r) * value;
                }
            }
            if constexpr (First) store(sums + i * width + p, sum);
        }
    }
}

// Where registers are few: entries are computed first, and kept.
template <bool Weighted, bool First, int Rows, int Tile, class T, class Entries>
inline void add_kept_moments(T* second, T* first, const T* w, Entries z) {
    constexpr bool keeps_weighted = Weighted && !fits_two_entries<T, Tile>;  // for several blocks
    alignas(64) T kept[Rows * Tile], weighted[keeps_weighted ? Rows * Tile : 1];
    keep_entries<First, keeps_weighted, Rows, Tile>(kept, weighted, first, w, z);
    using tile = tile_entries<Tile, T>;
    if constexpr (keeps_weighted)
        add_lower_part<Rows, Tile, 1>(second, tile{weighted}, tile{kept});
    else if constexpr (Weighted)
        add_lower_part<Rows, Tile, 1>(second, weighted_entries<T, tile>{w, tile{kept}}, tile{kept});
    else
        add_lower_part<Rows, Tile, 1>(second, tile{kept}, tile{kept});
}

// Rows I to I + Rows of the lower half, in these columns, and of the first moment: their sums stand in registers.
template <bool Weighted, bool First, int Size, int Tile, int I, int Rows, class T, class Entries>
inline void add_square_of_moments(T* second, [[maybe_unused]] T* first, [[maybe_unused]] const T* w, Entries z) {
    static_assert(Weighted || !First, "mean(w z) stands beside mean(w z zᵀ)");
    constexpr int lanes = lanes_for<T, Tile>(), width = lanes_of_sum<T, Tile>();
    using V = pack<T, lanes>;
    const auto for_each = [&](int p, auto f) CHAINFOLD_INLINE {
        CHAINFOLD_UNROLL
        for (int i = 0; i < Rows; ++i) {
            CHAINFOLD_UNROLL
            for (int j = 0; j <= i; ++j) f(i, j, second + triangle_places<Size, 1>::of(I + i, I + j) * width + p);
        }
    };
    for (int p = 0; p < width; p += lanes) {
        V total[Rows][Rows], sum[Rows]{};
        for_each(p, [&](int i, int j, const T* from) CHAINFOLD_INLINE { total[i][j] = load<V>(from); });
        if constexpr (First)
            for (int i = 0; i < Rows; ++i) sum[i] = load<V>(first + (I + i) * width + p);
        for (int s = p; s < Tile; s += width) {
            V value[Rows], weighted[Rows];
            CHAINFOLD_UNROLL
            for (int i = 0; i < Rows; ++i) {
                value[i] = weighted[i] = in_register(z.template at<V>(I + i, s));
                if constexpr (Weighted) weighted[i] = in_register(load<V>(w + s) * value[i]);
                if constexpr (First) sum[i] += weighted[i];
            }
            for_each(p, [&](int i, int j, const T*) CHAINFOLD_INLINE { total[i][j] += weighted[i] * value[j]; });
        }
        for_each(p, [&](int i, int j, T* to) CHAINFOLD_INLINE { store(to, total[i][j]); });
        if constexpr (First)
            for (int i = 0; i < Rows; ++i) store(first + (I + i) * width + p, sum[i]);
    }
}

template <int Size, int I>
struct places_before : triangle_places<Size, 1> {
    static constexpr int columns_of(int) { return I; }
};

// Rows from I on, where there are registers for a block that computes its entries itself.
template <bool Weighted, bool First, int Size, int Tile, int I, class T, class Entries>
inline void add_bands_of_moments(T* second, T* first, const T* w, Entries z) {
    if constexpr (I < Size) {
        constexpr int bands = (Size - I + block_rows - 1) / block_rows, rows = (Size - I + bands - 1) / bands;
        add_square_of_moments<Weighted, First, Size, Tile, I, rows>(second, first, w, z);
        if constexpr (Weighted)
            add_rows_of_blocks<Tile, places_before<Size, I>, I, 0, rows>(second, weighted_entries<T, Entries>{w, z}, z);
        else
            add_rows_of_blocks<Tile, places_before<Size, I>, I, 0, rows>(second, z, z);
        add_bands_of_moments<Weighted, First, Size, Tile, I + rows>(second, first, w, z);
    }
}

}  // namespace detail

/// A symmetric mean, or what a block of tiles adds to it, from sums of Width numbers for its lower half.
template <int Rows, int Width, class T>
inline void add_symmetric_lanes(T* mean, const T* sums, const tile_state<T>& state) {
    T half[Rows * (Rows + 1) / 2];
    tile_state<T> whole = state;
    whole.first_block = true;
    add_lanes<Rows * (Rows + 1) / 2, Width>(half, sums, whole);
    const T* next = half;
    for (int j = 0; j < Rows; ++j)
        for (int i = j; i < Rows; ++i, ++next) {
            T& entry = mean[i * Rows + j];
            entry = state.first_block ? *next : entry + *next;
            mean[j * Rows + i] = entry;
        }
}

/// Adds a tile to the sums of mean(w z zᵀ), or of mean(z zᵀ), and to those of mean(w z).
template <bool Weighted, bool First, int Rows, int Tile, class T, class Entries>
inline void add_moments(T* second, T* first, const T* w, Entries z, const tile_state<T>& state) {
    constexpr int width = lanes_of_sum<T, Tile>();
    if (state.first) {
        __builtin_memset(second, 0, sizeof(T) * width * Rows * (Rows + 1) / 2);
        if constexpr (First) __builtin_memset(first, 0, sizeof(T) * width * Rows);
    }
    const auto add = [&](const T* weights, const auto& entries) CHAINFOLD_INLINE {
        if constexpr (native_registers > 16)
            detail::add_bands_of_moments<Weighted, First, Rows, Tile, 0>(second, first, weights, entries);
        else
            detail::add_kept_moments<Weighted, First, Rows, Tile>(second, first, weights, entries);
    };
    if (state.count == Tile) {
        add(w, z);
    } else {
        alignas(64) T valid[Rows * Tile], weights[Weighted ? Tile : 1];
        detail::copy_valid<Rows, Tile>(valid, z, state.count);
        if constexpr (Weighted) {
            detail::copy_valid<1, Tile>(weights, tile_entries<Tile, T>{w}, state.count);
            w = weights;
        }
        add(w, tile_entries<Tile, T>{valid});
    }
}

/// The same, and the means at the end.  `last` points to the last address, the sums; with
/// the first moment these are its own, and before them stand its mean and the second's sums.
template <bool Weighted, bool First, int Rows, int Tile, class T, class Entries>
inline void add_moments_to_lanes(T* mean, T* const* last, const T* w, Entries z, const tile_state<T>& state) {
    T *const second_sums = *(last - First), *const first_sums = *last;
    add_moments<Weighted, First, Rows, Tile>(second_sums, first_sums, w, z, state);
    if (!state.last) return;
    add_symmetric_lanes<Rows, lanes_of_sum<T, Tile>()>(mean, second_sums, state);
    if constexpr (First) add_lanes<Rows, lanes_of_sum<T, Tile>()>(*(last - 2), first_sums, state);
}

/// The mean for a panel of tiles.
template <bool Weighted, int Rows, int Tile, class T>
inline void mean_of_moments(T* mean, panel_of<const T> w, panel_of<const T> z, const tile_state<T>& state) {
    if (state.part != 0) return;  // too small to be shared
    constexpr int lanes = lanes_of_sum<T, Tile>();
    T sums[Rows * (Rows + 1) / 2 * lanes];
    tile_state<T> of_tile = state;
    for (int done = 0, t = 0; done < state.count; done += Tile, ++t) {
        of_tile.count = state.count - done < Tile ? state.count - done : Tile;
        of_tile.first = t == 0;
        add_moments<Weighted, false, Rows, Tile>(sums, static_cast<T*>(nullptr), w.values + t * w.tile_step,
                                                 tile_entries<Tile, T>{z.values + t * z.tile_step}, of_tile);
    }
    tile_state<T> of_panel = state;
    of_panel.first_block = state.first;
    add_symmetric_lanes<Rows, lanes>(mean, sums, of_panel);
}

}  // namespace chainfold::kernel
