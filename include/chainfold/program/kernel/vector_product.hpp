// SPDX-License-Identifier: BSL-1.0
#pragma once

// A matrix times one vector.  Both directions read the matrix once, row by row.

#include <bit>

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

namespace detail {

/// A shorter register at the beginning of one of zeros; twice as long each time, which compilers know an instruction for.
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
        return widened<V>(with_zeros(part, std::make_index_sequence<2 * static_cast<std::size_t>(math::lanes_of<Part>)>{}));
}
/// Register P of the products from entry First on, which do not fill a sum: of the longest part of it that is a power
/// of two, of the next one, and so on, each in the first lanes.
template <class V, int P, int First, int Inner, class T>
[[gnu::always_inline]] inline V rest_of_row(const T* a, const T* x) {
    constexpr int lanes = math::lanes_of<V>, width = lanes_of_sum<T, Inner - First>(), next = First + width;
    constexpr int at = First + P * lanes;
    using part = pack<T, (width < lanes ? width : lanes)>;
    const V products = widened<V>(load<part>(a + at) * load<part>(x + at));
    if constexpr (next < Inner && P * lanes < lanes_of_sum<T, Inner - next>())
        return products + rest_of_row<V, P, next, Inner>(a, x);
    else
        return products;
}

/// A row's partial sums of some rows of A x: Parts registers for each row, which then are one.
template <class V, int Rows, int Parts, int Inner, class T>
[[gnu::always_inline]] inline void add_rows(V* sums, const T* a, const T* x) {
    constexpr int lanes = math::lanes_of<V>, width = Parts * lanes, full = Inner / width * width;
    V partial[Rows][Parts];
    const auto begin = [&]<int P>(std::integral_constant<int, P>) __attribute__((always_inline)) {
        const V right = load<V>(x + P * lanes);
        CHAINFOLD_UNROLL
        for (int r = 0; r < Rows; ++r) {
            const V products = load<V>(a + r * Inner + P * lanes) * right;
            if constexpr (full < Inner && P * lanes < lanes_of_sum<T, Inner - full>())
                partial[r][P] = rest_of_row<V, P, full, Inner>(a + r * Inner, x) + products;
            else
                partial[r][P] = products;
        }
    };
    [&]<int... P>(std::integer_sequence<int, P...>) __attribute__((always_inline)) {
        (begin(std::integral_constant<int, P>{}), ...);
    }(std::make_integer_sequence<int, Parts>{});
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

/// Rows of y = A x from First on: as many as fit a register, so that they leave together.
template <int First, int Rows, int Inner, class T>
[[gnu::always_inline]] inline void rows_from(T* y, const T* a, const T* x) {
    using V = pack<T, lanes_for<T, Inner>()>;
    constexpr int lanes = math::lanes_of<V>, parts = lanes_of_sum<T, Inner>() / lanes;
    constexpr int together = lanes_for<T, Rows - First>() < lanes ? lanes_for<T, Rows - First>() : lanes;
    constexpr int most = 8 / parts, at_once = together < most ? together : most;
    constexpr int groups = (Rows - First) / together;
    for (int g = 0; g < groups; ++g) {
        const int i = First + g * together;
        V sums[together];
        CHAINFOLD_UNROLL
        for (int r = 0; r < together; r += at_once) add_rows<V, at_once, parts, Inner>(sums + r, a + (i + r) * Inner, x);
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

/// Registers for some numbers side by side.
template <class T>
constexpr int registers_for(int count) {
    constexpr int lanes = lanes_for<T, 64>();
    return count / lanes + std::popcount(static_cast<unsigned>(count % lanes));
}

/// Columns of yᵀ = xᵀ A from First to Last, in Apart sums each, as many at a time as stay in registers.
template <int Apart, int First, int Last, int Columns, int Inner, class T>
[[gnu::always_inline]] inline void few_columns(T* y, const T* a, const T* x) {
    constexpr int lanes = lanes_for<T, Last - First>(), vectors = (Last - First) / lanes;
    constexpr int room = (math::native_bytes == 64 ? 28 : 14) / Apart;
    if constexpr (registers_for<T>(Last - First) > room) {
        constexpr int next = First + (vectors < room ? vectors : room) * lanes;
        few_columns<Apart, First, next, Columns, Inner>(y, a, x);
        few_columns<Apart, next, Last, Columns, Inner>(y, a, x);
    } else {
        constexpr int full = Inner / Apart * Apart;
        column_sums<First, Last, Apart, T> sums;
        CHAINFOLD_UNROLL_4
        for (int k = 0; k < full; k += Apart)
            [&]<int... P>(std::integer_sequence<int, P...>) __attribute__((always_inline)) {
                (sums.template add<P>(a + (k + P) * Columns, x[k + P]), ...);
            }(std::make_integer_sequence<int, Apart>{});
        for (int k = full; k < Inner; ++k) sums.template add<0>(a + k * Columns, x[k]);
        sums.write(y);
    }
}

/// Columns of yᵀ = xᵀ A from First on.  With few columns, several rows are summed apart, which hides the latency; how
/// many follows from the columns, not from the registers, so that the order of the sums does.
template <int First, int Columns, int Inner, class T>
[[gnu::always_inline]] inline void columns_from(T* y, const T* a, const T* x) {
    constexpr int block = 8 * lanes_of_sum<T, Columns - First>(), blocks = (Columns - First) / block;
    for (int j = First; j < First + blocks * block; j += block)
        few_columns<1, 0, block, Columns, Inner>(y + j, a + j, x);
    constexpr int done = First + blocks * block;
    if constexpr (done < Columns) {
        constexpr int most = (Columns - done) / lanes_of_sum<T, Columns - done>();
        constexpr int apart = Inner < 2 ? 1 : most >= 4 || Inner < 4 ? 2 : 4;
        few_columns<apart, done, Columns, Columns, Inner>(y, a, x);
    }
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
