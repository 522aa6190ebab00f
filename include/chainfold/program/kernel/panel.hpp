// SPDX-License-Identifier: BSL-1.0
#pragma once

// Kernels for a panel: several tiles of samples, each laid out entry × sample.  Threads share the entries of a mean,
// and the tiles of everything else.

#include <chainfold/program/kernel/product.hpp>
#include <chainfold/program/kernel/transpose.hpp>
#include <chainfold/program/plan/plan.hpp>

namespace chainfold::kernel {

/// Vectors of a panel: tile t begins at values + t · tile_step.
template <class T>
struct panel_of {
    T* values;
    std::ptrdiff_t tile_step;
};

/// The mean of `size` entries over the samples; one code for all sizes.
template <int Tile, class T>
inline void mean_of_panel(T* mean, int size, panel_of<const T> x, const tile_state<T>& state) {
    constexpr int lanes = lanes_for<T, Tile>(), registers = Tile / lanes;
    using V = pack<T, lanes>;
    const int full = state.count / Tile, rest = state.count % Tile;
    for (int i = state.begin(size), end = state.end(size); i < end; ++i) {
        V sums[registers] = {};
        for (int t = 0; t < full; ++t)
            for (int r = 0; r < registers; ++r) sums[r] += load<V>(x.values + t * x.tile_step + i * Tile + r * lanes);
        T sum = sum_of_lanes(fold_registers<registers>(sums, addition{}));
        for (int k = 0; k < rest; ++k) sum += x.values[full * x.tile_step + i * Tile + k];
        mean[i] = state.first ? state.factor * sum : mean[i] + state.factor * sum;
    }
}

/// Adds what a block of tiles has summed up to the mean.
template <class T>
[[gnu::noinline]] [[gnu::cold]] void end_block(T* mean, const T* block, int size, bool first) {
    for (int i = 0; i < size; ++i) mean[i] = first ? block[i] : mean[i] + block[i];
}

/// Where a mean of outer products finds the samples of some columns: each is a row of `stride` numbers, and the next
/// columns stand `next` numbers on.
template <class T>
struct sample_rows {
    const T* values;
    std::ptrdiff_t stride, next;
};
/// Samples as they were given, one after another, with as many numbers as the mean has columns.  `Copied`: the first
/// rows of the mean lay them out closely for the rows that follow; otherwise all read them where they are.
template <bool Copied, class T>
struct given_samples {
    static constexpr bool given = true, copied = Copied;
    const T* values;
};
/// Samples from tiles.
template <int Tile, class T>
struct tiled_samples {
    static constexpr bool given = false, copied = false;
    panel_of<const T> x;
    /// Width entries of every sample, close together.
    template <int Width>
    CHAINFOLD_INLINE void pack(T* to, int first, int count) const {
        for (int t = 0; t * Tile < count; ++t)
            transpose<Width, Tile>(to + t * Tile * Width, x.values + t * x.tile_step + first * Tile);
    }
};

namespace detail {

/// Results that are written soon: the first and the last line of each row of a tile.
template <int Rows, int Width, class T>
CHAINFOLD_INLINE inline void prefetch_tile(const T* c, std::ptrdiff_t stride) {
    for (int i = 0; i < Rows; ++i) __builtin_prefetch(c + i * stride, 1);
    if constexpr (Width * sizeof(T) > 64)
        for (int i = 0; i < Rows; ++i) __builtin_prefetch(c + i * stride + Width - 1, 1);
}

/// Part k of `parts` of some rows of a panel is brought near, which begin `first` numbers into every tile.  (One code
/// for all kernels.  `again`: g++ would take a function that only prefetches for one that does nothing, and drop its
/// calls.)
template <class T>
[[gnu::noinline]] void prefetch_rows(panel_of<const T> a, std::ptrdiff_t first, int numbers, int tiles, int k,
                                     int parts) {
    constexpr int line = bytes_of_line / sizeof(T);
    const int lines = (numbers + line - 1) / line, begin = k * lines / parts, end = (k + 1) * lines / parts;
    for (int t = 0; t < tiles; ++t) {
        const T* const rows = again(a.values + t * a.tile_step + first);
        for (int n = begin; n < end; ++n) __builtin_prefetch(rows + n * line);
    }
}

/// The rows from i to `end`, Count at a time, of `blocks` times Width columns of the mean of a bᵀ.  Some rows of a meet
/// all of these columns before the next rows do.
template <int Count, int Width, int Tile, bool Copies, class T>
[[gnu::noinline]] inline void rows_of_outer(T* c, std::ptrdiff_t c_stride, panel_of<const T> a, int i, int end,
                                            sample_rows<T> b, int blocks, const tile_state<T>& state,
                                            [[maybe_unused]] T* copy = nullptr) {
    constexpr int lanes = lanes_for<T, Width>(), vectors = Width / lanes;
    const int tiles = state.tiles(Tile);
    for (; i < end; i += Count)
        for (int k = 0; k < blocks; ++k) {
            pack<T, lanes> sums[Count][vectors] = {};
            T* const to = c + i * c_stride + k * Width;
            prefetch_tile<Count, Width>(to, c_stride);
            if (blocks > 1 && i + Count < end) prefetch_rows(a, (i + Count) * Tile, Count * Tile, tiles, k, blocks);
            for (int t = 0, left = state.count; left > 0; ++t, left -= Tile)
                multiply_add<Copies>(sums, left_factor<T>{a.values + t * a.tile_step + i * Tile, Tile, 1},
                                     b.values + k * b.next + t * Tile * b.stride, b.stride, left < Tile ? left : Tile,
                                     Copies ? copy + (k * tiles + t) * Tile * Width : nullptr);
            write_tile<writing::mean>(to, c_stride, sums, state);
        }
}

/// Some columns of the mean of a bᵀ, `blocks` times Width from column j on.
template <int Rows, int Width, int Tile, class T, class Samples>
inline void columns_of_outer(T* c, std::ptrdiff_t c_stride, panel_of<const T> a, const Samples& b, int j, int blocks,
                             T* scratch, const tile_state<T>& state) {
    sample_rows<T> from{scratch, Width, std::ptrdiff_t{Width} * Tile * state.tiles(Tile)}, first_from = from;
    if constexpr (Samples::given) {
        first_from = {b.values + j, c_stride, Width};
        if constexpr (!Samples::copied) from = first_from;
    } else {
        for (int k = 0; k < blocks; ++k) b.template pack<Width>(scratch + k * from.next, j + k * Width, state.count);
    }
    // Those that fill no tile come first, so that what copies b is not compiled for a whole tile too.
    constexpr int step = rows_of_tile(Rows, Width / lanes_for<T, Width>());
    constexpr int rest = Rows % step, first = rest > 0 ? rest : Samples::copied ? step : 0;
    if constexpr (first > 0)
        rows_of_outer<first, Width, Tile, Samples::copied>(c + j, c_stride, a, 0, first, first_from, blocks, state,
                                                           scratch);
    if constexpr (first < Rows)
        rows_of_outer<step, Width, Tile, false>(c + j, c_stride, a, first, Rows, from, blocks, state);
}

/// The largest width of a register tile for Columns columns: one, two or four registers.
template <class T, int Columns>
constexpr int width_of_tile() {
    int width = lanes_for<T, Columns>();
    for (int vectors = 2; vectors <= tile_vectors; vectors *= 2)
        if (2 * width <= Columns) width *= 2;
    return width;
}

}  // namespace detail

/// The mean of a bᵀ over the samples: a matrix product whose inner extent is the samples.  Columns, some at a time, are
/// laid out closely in `scratch`, which holds numbers_laid_out for every sample of a panel.
template <int Rows, int Columns, int Tile, int First = 0, class T, class Samples>
inline void mean_of_outer(T* c, panel_of<const T> a, const Samples& b, T* scratch, const tile_state<T>& state) {
    constexpr int width = detail::width_of_tile<T, Columns - First>(), blocks = (Columns - First) / width;
    static_assert(width <= Tile || (Samples::given && !Samples::copied),
                  "scratch has room for Tile numbers of a sample");
    constexpr int together = Rows <= most_rows_of_mean ? 1 : most_columns_of_mean / width;
    for (int k = state.begin(blocks), end = state.end(blocks); k < end; k += together)
        detail::columns_of_outer<Rows, width, Tile>(c, Columns, a, b, First + k * width,
                                                    end - k < together ? end - k : together, scratch, state);
    if constexpr (First + blocks * width < Columns)
        mean_of_outer<Rows, Columns, Tile, First + blocks * width>(c, a, b, scratch, state);
}

namespace detail {

/// Count rows of C = A B, or += for a later part of the inner extent, for one tile.
template <int Count, int Tile, class T>
CHAINFOLD_INLINE inline void rows_of_product(T* c, left_factor<T> a, const T* b, int inner, bool first) {
    constexpr int lanes = lanes_for<T, Tile>(), vectors = Tile / lanes < 2 ? 1 : 2;
    using V = pack<T, lanes>;
    for (int j = 0; j < Tile; j += vectors * lanes) {
        V sums[Count][vectors] = {};
        prefetch_tile<Count, 1>(c + j, Tile);
        multiply_add(sums, a, b + j, Tile, inner);
        if (first)
            write_tile<writing::assign, V>(c + j, Tile, sums, tile_state<T>{});
        else
            write_tile<writing::add, V>(c + j, Tile, sums, tile_state<T>{});
    }
}
template <class T, int Rows, int Tile>
inline constexpr int panel_step = rows_of_tile(Rows, Tile / lanes_for<T, Tile>() < 2 ? 1 : 2);

}  // namespace detail

/// C = A B for a large matrix A and every tile B of a panel.  Some rows of A meet all tiles before the next ones do, so
/// that A passes through the processor once.
template <int Rows, int Inner, int Tile, class T>
inline void product_of_panel(panel_of<T> c, const T* a, panel_of<const T> b, int tiles) {
    constexpr int step = detail::panel_step<T, Rows, Tile>;
    constexpr int parts = (Inner + most_inner_of_panel - 1) / most_inner_of_panel, part = (Inner + parts - 1) / parts;
    const auto some_rows = [&]<int Count>(std::integral_constant<int, Count>, int i, int k) {
        for (int t = 0; t < tiles; ++t)
            detail::rows_of_product<Count, Tile>(
                c.values + t * c.tile_step + i * Tile, left_factor<T>{a + i * Inner + k, Inner, 1},
                b.values + t * b.tile_step + k * Tile, Inner - k < part ? Inner - k : part, k == 0);
    };
    for (int k = 0; k < Inner; k += part) {
        int i = 0;
        for (; i + step <= Rows; i += step) some_rows(std::integral_constant<int, step>{}, i, k);
        if constexpr (Rows % step > 0) some_rows(std::integral_constant<int, Rows % step>{}, i, k);
    }
}

/// C = Aᵀ B for a large matrix A (Inner × Rows) and every tile B of a panel.  Some rows of A at a time are laid out in
/// `scratch` as the product reads them, a register tile's columns together, and then meet all tiles, while the next
/// rows are brought near.  `scratch` holds transposed_part_size numbers.
template <int Rows, int Inner, int Tile, class T>
inline void transposed_product_of_panel(panel_of<T> c, const T* a, panel_of<const T> b, int tiles, T* scratch) {
    constexpr int step = detail::panel_step<T, Rows, Tile>, rest = Rows % step, blocks = Rows / step + (rest > 0);
    constexpr int part = transposed_part(Rows), padding = 16;  // blocks must not all fall into the same lines
    constexpr int block = part * step + padding;
    for (int k = 0; k < Inner; k += part) {
        const int inner = Inner - k < part ? Inner - k : part;
        for (int q = 0; q < inner; q += 8) {  // so many at a time that whole lines of a block are written
            const int count = inner - q < 8 ? inner - q : 8;
            const auto lay_out = [&]<int Width>(std::integral_constant<int, Width>, int r) CHAINFOLD_INLINE {
                for (int z = q; z < q + count; ++z)
                    __builtin_memcpy(scratch + r / step * block + z * step, a + (k + z) * Rows + r, sizeof(T) * Width);
            };
            for (int r = 0; r + step <= Rows; r += step) lay_out(std::integral_constant<int, step>{}, r);
            if constexpr (rest > 0) lay_out(std::integral_constant<int, rest>{}, Rows - rest);
        }
        const T* next = a + (k + inner) * Rows;
        const std::ptrdiff_t piece =
            (a + Inner * Rows - next < part * Rows ? a + Inner * Rows - next : part * Rows) / (tiles * blocks);
        for (int t = 0; t < tiles; ++t)
            for (int r = 0; r < blocks; ++r, next += piece) {
                for (std::ptrdiff_t z = 0; z < piece; z += 64 / sizeof(T)) __builtin_prefetch(next + z, 0, 2);
                T* const to = c.values + t * c.tile_step + r * step * Tile;
                const left_factor<T> left{scratch + r * block, 1, step};
                const T* const right = b.values + t * b.tile_step + k * Tile;
                if (rest == 0 || r + 1 < blocks)
                    detail::rows_of_product<step, Tile>(to, left, right, inner, k == 0);
                else
                    detail::rows_of_product<rest == 0 ? step : rest, Tile>(to, left, right, inner, k == 0);
            }
    }
}

}  // namespace chainfold::kernel
