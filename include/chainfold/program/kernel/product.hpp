// SPDX-License-Identifier: BSL-1.0
#pragma once

// Matrix products of static shape.  One micro-kernel keeps a tile of results in registers:
//
//     C(i, j) = Σₖ A(i, k) B(k, j),   i < Rows, j < Vectors · lanes
//
// A is read one number at a time through two strides, so that A and Aᵀ are the same code; B and C have contiguous rows.

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

/// How a product's result reaches memory.
enum class writing {
    assign,  // C = A B
    add,     // C += A B
    mean     // C += A B · factor, or C = A B · factor for the first samples
};

/// What a mean over tiles needs to know.  Of many tiles, blocks are summed up first, so that rounding does not grow
/// with the number of samples.
template <class T>
struct tile_state {
    int count = 1;            // valid samples, of a tile or of a panel of tiles
    bool first = true;        // of a block: nothing has been accumulated yet
    T factor = T(1);          // 1 / number of samples
    bool in_blocks = false;   // there is more than one block
    bool ends_block = false;  // this is the last tile of a block
    bool first_block = true;
    bool last = true;      // these are the last samples of a block, or of all
    bool are_far = false;  // all samples together do not fit the core's own cache
    bool at_once = false;  // gradient descent: these are all samples, so that means may move their symbols at once
    T rate = T(0);         // of gradient descent
    int part = 0;          // of a step that threads share, this one's part of `parts`
    int parts = 1;
    bool sums_up = false;  // after all parts: only what a block of tiles has summed up is added to the mean

    /// How many tiles of `size` samples there are; the last may not be full.
    [[nodiscard]] constexpr int tiles(int size) const { return (count + size - 1) / size; }
    /// Where a part begins, of n things that are shared.
    [[nodiscard]] constexpr int share(int n, int of_part) const {
        return static_cast<int>(static_cast<long long>(n) * of_part / parts);
    }
    [[nodiscard]] constexpr int begin(int n) const { return share(n, part); }
    [[nodiscard]] constexpr int end(int n) const { return share(n, part + 1); }
};

template <class T>
struct left_factor {
    const T* values;
    std::ptrdiff_t row_stride;
    std::ptrdiff_t inner_stride;
};

/// Entries of a tile, as kernels take them that are written out: a register of samples of entry i.
template <int Tile, class T>
struct tile_entries {
    const T* values;
    template <class V>
    CHAINFOLD_INLINE V at(int i, int lane) const {
        return load<V>(values + i * Tile + lane);
    }
};
/// The same where an entry is Op of two, of which one depends on no sample.
template <class Op, int Tile, bool FirstIsShared, class T>
struct computed_entries {
    const T *first, *second;
    template <class V>
    CHAINFOLD_INLINE V at(int i, int lane) const {
        if constexpr (FirstIsShared)
            return Op::value(math::splat<V>(first[i]), load<V>(second + i * Tile + lane));
        else
            return Op::value(load<V>(first + i * Tile + lane), math::splat<V>(second[i]));
    }
};

/// At most so many registers stand in a row of the register tile of a product of one tile, or of a mean.
inline constexpr int tile_vectors = fills_registers ? 4 : 2;

// The same address, from which a compiler reads once more.
template <class T>
CHAINFOLD_INLINE inline const T* again(const T* address) {
    asm volatile("" : "+r"(address));
    return address;
}

/// sums(i, j) += Σₖ A(i, k) B(k, j).  B's rows may be copied on the way, close together.
template <bool Copies = false, class V, int Rows, int Vectors, class T>
CHAINFOLD_INLINE inline void multiply_add(V (&sums)[Rows][Vectors], left_factor<T> a, const T* b,
                                          std::ptrdiff_t b_stride, int inner, [[maybe_unused]] T* copy = nullptr) {
    constexpr int lanes = math::lanes_of<V>;
    constexpr int kept = fills_registers && Rows > 1 && Vectors > 2 ? 2 : Vectors;  // beside the sums; others read again
    CHAINFOLD_UNROLL_SOME  // so few rounds that the processor foresees the last one
        for (int k = 0; k < inner; ++k) {
        V right[Vectors];
        CHAINFOLD_UNROLL
        for (int j = 0; j < Vectors; ++j) right[j] = load<V>(b + k * b_stride + j * lanes);
        if constexpr (Copies)
            for (int j = 0; j < Vectors; ++j) store(copy + (k * Vectors + j) * lanes, right[j]);
        CHAINFOLD_UNROLL
        for (int i = 0; i < Rows; ++i) {
            const T left = a.values[i * a.row_stride + k * a.inner_stride];
            [[maybe_unused]] const T* const row = kept < Vectors ? again(b + k * b_stride) : nullptr;
            CHAINFOLD_UNROLL
            for (int j = 0; j < Vectors; ++j) sums[i][j] += left * (j < kept ? right[j] : load<V>(row + j * lanes));
        }
    }
}

template <writing W, class V, int Rows, int Vectors, class T>
CHAINFOLD_INLINE inline void write_tile(T* c, std::ptrdiff_t c_stride, const V (&sums)[Rows][Vectors],
                                        [[maybe_unused]] const tile_state<T>& state) {
    constexpr int lanes = math::lanes_of<V>;
    [[maybe_unused]] const bool first = state.first;
    [[maybe_unused]] const T factor = state.factor;
    CHAINFOLD_UNROLL
    for (int i = 0; i < Rows; ++i) {
        CHAINFOLD_UNROLL
        for (int j = 0; j < Vectors; ++j) {
            T* const place = c + i * c_stride + j * lanes;
            if constexpr (W == writing::assign)
                store(place, sums[i][j]);
            else if constexpr (W == writing::add)
                store(place, load<V>(place) + sums[i][j]);
            else
                store(place, first ? factor * sums[i][j] : load<V>(place) + factor * sums[i][j]);
        }
    }
}

template <class V, int Rows, int Vectors, writing W, class T>
CHAINFOLD_INLINE inline void product_tile(T* c, std::ptrdiff_t c_stride, left_factor<T> a, const T* b,
                                          std::ptrdiff_t b_stride, int inner, const tile_state<T>& state) {
    V sums[Rows][Vectors] = {};
    multiply_add(sums, a, b, b_stride, inner);
    write_tile<W>(c, c_stride, sums, state);
}

namespace detail {

inline constexpr int register_tiles = math::native_bytes == 64 ? 24 : 12;

/// Rows of a register tile: as many as fit, fewer if they then divide the rows without a rest.  Of 16 registers a tile
/// of fewer rows reads nearly as much as it multiplies, and of many rows the rest does not count.
constexpr int rows_of_tile(int rows, int vectors) {
    const int most = register_tiles / vectors;
    if (rows <= most) return rows;
    if (native_registers <= 16 && rows >= 16 * most) return most;
    for (int r = most; 2 * r > most; --r)
        if (rows % r == 0) return r;
    return most;
}

template <class V, int Rows, int Vectors, writing W, class T>
inline void product_columns(T* c, std::ptrdiff_t c_stride, left_factor<T> a, const T* b, std::ptrdiff_t b_stride,
                            int inner, const tile_state<T>& state) {
    constexpr int step = rows_of_tile(Rows, Vectors), rest = Rows % step;
    // A rest of many rows that nearly fills a tile: the last tile begins earlier and computes some rows once more, and
    // there is half the code.
    constexpr bool overlaps = W == writing::assign && Rows >= 16 * step && 2 * rest > step;
    const auto rows_from = [&]<int Count>(std::integral_constant<int, Count>, int i) CHAINFOLD_INLINE {
        product_tile<V, Count, Vectors, W>(c + i * c_stride, c_stride,
                                           left_factor<T>{a.values + i * a.row_stride, a.row_stride, a.inner_stride}, b,
                                           b_stride, inner, state);
    };
    for (int i = 0; i < (overlaps ? Rows : Rows - rest); i += step)
        rows_from(std::integral_constant<int, step>{}, overlaps && i + step > Rows ? Rows - step : i);
    if constexpr (rest > 0 && !overlaps) rows_from(std::integral_constant<int, rest>{}, Rows - rest);
}
/// The same on its own: of many rows a call costs nothing, and a layer's product and the transposed one of the layer
/// behind it are one code.
template <class V, int Rows, int Vectors, writing W, class T>
[[gnu::noinline]] inline void product_columns_apart(T* c, std::ptrdiff_t c_stride, left_factor<T> a, const T* b,
                                                    std::ptrdiff_t b_stride, int inner, const tile_state<T>& state) {
    product_columns<V, Rows, Vectors, W>(c, c_stride, a, b, b_stride, inner, state);
}
inline constexpr int least_rows_apart = 128;

}  // namespace detail

namespace detail {

// Count rows from I on, the columns from J on: so many sums at a time that none waits for another.
template <int I, int J, int Stride, int Count, class V, int Vectors, class T, class Entries>
CHAINFOLD_INLINE inline void triangular_columns(V (&sums)[Count][Vectors], const T* l, Entries b, int lane) {
    if constexpr (J + 1 < I + Count) {
        V right[Vectors];
        CHAINFOLD_UNROLL
        for (int v = 0; v < Vectors; ++v) right[v] = b.template at<V>(J, lane + v * math::lanes_of<V>);
        CHAINFOLD_UNROLL
        for (int i = I > J ? I : J + 1; i < I + Count; ++i) {
            V(&sum)[Vectors] = sums[i - I];
            CHAINFOLD_UNROLL
            for (int v = 0; v < Vectors; ++v)
                sum[v] = J == 0 ? l[i * Stride] * right[v] : sum[v] + l[i * Stride + J] * right[v];
        }
        triangular_columns<I, J + 1, Stride>(sums, l, b, lane);
    }
}

// Rows from I on, some at a time.
template <class V, int I, int Rows, int Bands, int Vectors, int Columns, class T, class Entries>
CHAINFOLD_INLINE inline void triangular_rows(T* c, const T* l, Entries b, int lane) {
    if constexpr (I < Rows) {
        constexpr int count = (Rows - I + Bands - 1) / Bands;
        V sums[count][Vectors] = {};
        triangular_columns<I, 0, Rows>(sums, l, b, lane);
        write_tile<writing::assign>(c + I * Columns + lane, Columns, sums, tile_state<T>{});
        triangular_rows<V, I + count, Rows, Bands - 1, Vectors, Columns>(c, l, b, lane);
    }
}

}  // namespace detail

/// C = L B for a small matrix L of which only what is below the diagonal counts, written out.  Two registers of columns
/// share what is read of L; where registers are few, that is more than B is read again for further rows.
template <int Rows, int Columns, class T, class Entries>
inline void triangular_product(T* c, const T* l, Entries b) {
    constexpr int lanes = lanes_for<T, Columns>(), most = (native_registers - 4) / 2;  // rows of two registers
    constexpr bool in_pairs = Columns / lanes % 2 == 0 && (Rows <= most || native_registers <= 16);
    constexpr int vectors = in_pairs ? 2 : 1, bands = in_pairs ? (Rows + most - 1) / most : 1;
    using V = pack<T, lanes>;
    for (int j = 0; j < Columns; j += vectors * lanes)
        detail::triangular_rows<V, 0, Rows, bands, vectors, Columns>(c, l, b, j);
}

/// C = A B for Rows × inner by inner × Columns, C += A B, or the accumulated mean.
template <int Rows, int Columns, writing W, class T>
CHAINFOLD_INLINE inline void product(T* c, std::ptrdiff_t c_stride, left_factor<T> a, const T* b,
                                     std::ptrdiff_t b_stride, int inner, const tile_state<T>& state = {}) {
    constexpr int lanes = lanes_for<T, Columns>();
    constexpr int width = Rows == 1 ? 8 : tile_vectors;  // vectors side by side
    constexpr int vectors = Columns / lanes < width ? Columns / lanes : width;
    using V = pack<T, lanes>;
    constexpr int block = vectors * lanes;
    for (int j = 0; j + block <= Columns; j += block)
        if constexpr (Rows < detail::least_rows_apart)
            detail::product_columns<V, Rows, vectors, W>(c + j, c_stride, a, b + j, b_stride, inner, state);
        else
            detail::product_columns_apart<V, Rows, vectors, W>(c + j, c_stride, a, b + j, b_stride, inner, state);
    constexpr int rest = Columns % block, done = Columns - rest;
    if constexpr (rest > 0) product<Rows, rest, W>(c + done, c_stride, a, b + done, b_stride, inner, state);
}

}  // namespace chainfold::kernel
