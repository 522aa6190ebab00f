// SPDX-License-Identifier: BSL-1.0
#pragma once

// A matrix times one vector.  Both directions read the matrix once, row by row.

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

namespace detail {

/// A shorter register at the beginning of one of zeros; twice as long each time, which compilers know an instruction
/// for.
template <class Part, std::size_t... I>
[[gnu::always_inline]] inline auto with_zeros(Part part, std::index_sequence<I...>) {
    return __builtin_shufflevector(part, Part{}, static_cast<int>(I)...);
}
template <class V, class Part>
[[gnu::always_inline]] inline V widened(Part part) {
    if constexpr (math::lanes_of<Part> == math::lanes_of<V>)
        return part;
    else if constexpr (math::lanes_of<Part> == 1)
        return widened<V>(math::simd<Part, 2>{part});
    else
        return widened<V>(
            with_zeros(part, std::make_index_sequence<2 * static_cast<std::size_t>(math::lanes_of<Part>)>{}));
}
/// The products from entry First on, which do not fill a register.
template <class V, int First, int Inner, class T>
[[gnu::always_inline]] inline V rest_of_row(const T* a, const T* x) {
    using part = pack<T, lanes_for<T, Inner - First>()>;
    constexpr int next = First + math::lanes_of<part>;
    const V products = widened<V>(load<part>(a + First) * load<part>(x + First));
    if constexpr (next < Inner)
        return products + rest_of_row<V, next, Inner>(a, x);
    else
        return products;
}

/// One register of partial sums for each of some rows of A x.
template <class V, int Rows, int Inner, class T>
[[gnu::always_inline]] inline void add_rows(V* sums, const T* a, const T* x) {
    constexpr int lanes = math::lanes_of<V>, full = Inner / lanes * lanes;
    CHAINFOLD_UNROLL
    for (int r = 0; r < Rows; ++r) {
        if constexpr (full < Inner)
            sums[r] = rest_of_row<V, full, Inner>(a + r * Inner, x) + load<V>(a + r * Inner) * load<V>(x);
        else
            sums[r] = load<V>(a + r * Inner) * load<V>(x);
    }
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
    constexpr int lanes = math::lanes_of<V>;
    constexpr int together = lanes_for<T, Rows - First>() < lanes ? lanes_for<T, Rows - First>() : lanes;
    constexpr int at_once = together < 8 ? together : 8;
    constexpr int groups = (Rows - First) / together;
    for (int g = 0; g < groups; ++g) {
        const int i = First + g * together;
        V sums[together];
        CHAINFOLD_UNROLL
        for (int r = 0; r < together; r += at_once) add_rows<V, at_once, Inner>(sums + r, a + (i + r) * Inner, x);
        store(y + i, sums_of_lanes<together>(sums));
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

/// Sums of the columns from First on, several apart: full registers, and what does not fill one in shorter ones.
template <int First, int Columns, int Apart, class T>
struct column_sums {
    static constexpr int lanes = lanes_for<T, Columns - First>(), vectors = (Columns - First) / lanes;
    static constexpr int done = First + vectors * lanes;
    using V = pack<T, lanes>;
    V sums[Apart][vectors] = {};
    column_sums<done, Columns, Apart, T> rest{};

    template <int P>
    [[gnu::always_inline]] void add(const T* row, T x) {
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) sums[P][v] += x * load<V>(row + First + v * lanes);
        rest.template add<P>(row, x);
    }
    [[gnu::always_inline]] void write(T* y) {
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) {
            if constexpr (Apart == 4)
                store(y + First + v * lanes, (sums[0][v] + sums[1][v]) + (sums[2][v] + sums[3][v]));
            else if constexpr (Apart == 2)
                store(y + First + v * lanes, sums[0][v] + sums[1][v]);
            else
                store(y + First + v * lanes, sums[0][v]);
        }
        rest.write(y);
    }
};
template <int Columns, int Apart, class T>
struct column_sums<Columns, Columns, Apart, T> {
    template <int P>
    [[gnu::always_inline]] static void add(const T*, T) {}
    [[gnu::always_inline]] static void write(T*) {}
};

/// Columns of yᵀ = xᵀ A from First to Last.  With few columns, several rows are summed apart, which hides the latency.
template <int First, int Last, int Columns, int Inner, class T>
[[gnu::always_inline]] inline void few_columns(T* y, const T* a, const T* x) {
    constexpr int most = (Last - First) / lanes_for<T, Last - First>();
    constexpr int apart = most >= 8 || Inner < 2 ? 1 : most >= 4 || Inner < 4 ? 2 : 4;
    constexpr int full = Inner / apart * apart;
    column_sums<First, Last, apart, T> sums;
    CHAINFOLD_UNROLL_4
    for (int k = 0; k < full; k += apart)
        [&]<int... P>(std::integer_sequence<int, P...>) __attribute__((always_inline)) {
            (sums.template add<P>(a + (k + P) * Columns, x[k + P]), ...);
        }(std::make_integer_sequence<int, apart>{});
    for (int k = full; k < Inner; ++k) sums.template add<0>(a + k * Columns, x[k]);
    sums.write(y);
}

/// Columns of yᵀ = xᵀ A from First on, eight registers at a time.
template <int First, int Columns, int Inner, class T>
[[gnu::always_inline]] inline void columns_from(T* y, const T* a, const T* x) {
    constexpr int block = 8 * lanes_for<T, Columns - First>(), blocks = (Columns - First) / block;
    for (int j = First; j < First + blocks * block; j += block) few_columns<0, block, Columns, Inner>(y + j, a + j, x);
    constexpr int done = First + blocks * block;
    if constexpr (done < Columns) few_columns<done, Columns, Columns, Inner>(y, a, x);
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
