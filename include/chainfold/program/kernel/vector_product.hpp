// SPDX-License-Identifier: BSL-1.0
#pragma once

// A matrix times one vector.

#include <chainfold/program/kernel/outer.hpp>
#include <chainfold/program/kernel/short_rows.hpp>
#include <chainfold/program/plan/plan.hpp>

namespace chainfold::kernel {

namespace detail {

/// A shorter register at the beginning of one of zeros; twice as long each time, which compilers know an instruction
/// for.
template <class Part, std::size_t... I>
CHAINFOLD_INLINE inline auto with_zeros(Part part, std::index_sequence<I...>) {
    return __builtin_shufflevector(part, Part{}, static_cast<int>(I)...);
}
template <class V, class Part>
CHAINFOLD_INLINE inline V widened(Part part) {
    if constexpr (math::lanes_of<Part> == math::lanes_of<V>)
        return part;
    else if constexpr (math::lanes_of<Part> == 1)
        return widened<V>(math::simd<Part, 2>{part});
    else
        return widened<V>(
            with_zeros(part, std::make_index_sequence<2 * static_cast<std::size_t>(math::lanes_of<Part>)>{}));
}
/// Products of numbers that fill a shorter register, with zeros behind them.  (g++ has an instruction for each doubling,
/// though a shorter result clears the rest of its register: with masks all is one.)
template <class V, class Part, class T>
CHAINFOLD_INLINE inline V products_with_zeros(const T* a, const T* x) {
#if defined(__AVX512VL__) && !defined(__clang__)
    if constexpr (sizeof(V) >= 16 && math::lanes_of<Part> < math::lanes_of<V>) {
        using numbers = const T(&)[math::lanes_of<Part>];
        using mask_type = std::conditional_t<(math::lanes_of<V> > 8), std::uint16_t, std::uint8_t>;
        const auto mask = static_cast<mask_type>((1 << math::lanes_of<Part>) - 1);
        const V right = widened<V>(load<Part>(x));
        V product;
        if constexpr (sizeof(T) == 4)
            asm("vmulps {%3, %2, %0%{%1%}%{z%}|%0%{%1%}%{z%}, %2, %3}"
                : "=v"(product) : "Yk"(mask), "v"(right), "m"(reinterpret_cast<numbers>(*a)));
        else
            asm("vmulpd {%3, %2, %0%{%1%}%{z%}|%0%{%1%}%{z%}, %2, %3}"
                : "=v"(product) : "Yk"(mask), "v"(right), "m"(reinterpret_cast<numbers>(*a)));
        return product;
    }
#endif
    CHAINFOLD_CONTRACT
    return widened<V>(load<Part>(a) * load<Part>(x));
}
/// The products from entry First on, which do not fill a sum: half of it, a quarter …, each with zeros behind it.
template <int First, int Inner, class V, int Parts, class T>
CHAINFOLD_INLINE inline void rest_of_row(V (&rest)[Parts], const T* a, const T* x) {
    CHAINFOLD_CONTRACT
    constexpr int lanes = math::lanes_of<V>, width = lanes_of_sum<T, Inner - First>(), next = First + width;
    using part = pack<T, (width < lanes ? width : lanes)>;
    CHAINFOLD_UNROLL
    for (int p = 0; p < Parts; ++p)
        rest[p] = p * lanes < width ? products_with_zeros<V, part>(a + First + p * lanes, x + First + p * lanes) : V{};
    if constexpr (next < Inner) {
        V more[Parts];
        rest_of_row<next, Inner>(more, a, x);
        CHAINFOLD_UNROLL
        for (int p = 0; p < Parts; ++p) rest[p] += more[p];
    }
}

/// Sums of some rows of A x: Parts registers for each row, which then are one.
template <class V, int Rows, int Parts, int Inner, class T>
CHAINFOLD_INLINE inline void add_rows(V* sums, const T* a, const T* x) {
    CHAINFOLD_CONTRACT
    constexpr int lanes = math::lanes_of<V>, width = Parts * lanes, full = Inner / width * width;
    V partial[Rows][Parts];
    CHAINFOLD_UNROLL
    for (int r = 0; r < Rows; ++r) {
        if constexpr (full < Inner) rest_of_row<full, Inner>(partial[r], a + r * Inner, x);
        CHAINFOLD_UNROLL
        for (int p = 0; p < Parts; ++p) {
            const V product = load<V>(a + r * Inner + p * lanes) * load<V>(x + p * lanes);
            partial[r][p] = full < Inner ? partial[r][p] + product : product;
        }
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

/// Does y = A x read A one long row after another, because it comes from farther than the first cache?  A processor
/// fetches ahead of one reader at its best, and not of eight.
template <int Rows, int Inner, class T>
inline constexpr bool is_streamed = sizeof(T) * Rows * Inner > 32 * 1024 && sizeof(T) * Inner >= 1024;

/// Rows of y = A x from First on: as many as fit a register, so that they leave together.  And of f xᵀ.  (A row alone
/// has twice as many sums: of one that were too few, a product would wait for the one before it.  Fewer are read at
/// once where as many are written.)
template <int First, int Rows, int Inner, outer_use Use, class T>
CHAINFOLD_INLINE inline void rows_from(T* y, const T* a, const T* x, const outer_factors<T>& f) {
    using V = pack<T, lanes_for<T, Inner, bytes_for_rows<T, Inner>>()>;
    constexpr bool alone = is_streamed<Rows, Inner, T>;
    constexpr int lanes = math::lanes_of<V>, parts = (alone ? 2 : 1) * lanes_of_sum<T, Inner>() / lanes;
    constexpr int most = alone ? 1 : (Use == outer_use::none ? 8 : 4) / parts;
    constexpr int together = lanes_for<T, Rows - First>() < lanes ? lanes_for<T, Rows - First>() : lanes;
    constexpr int at_once = together < most ? together : most;
    constexpr int groups = (Rows - First) / together;
    for (int g = 0; g < groups; ++g) {
        const int i = First + g * together;
        V sums[together];
        CHAINFOLD_UNROLL
        for (int r = 0; r < together; r += at_once) {
            add_rows<V, at_once, parts, Inner>(sums + r, a + (i + r) * Inner, x);
            if constexpr (Use != outer_use::none)
                outer_product<at_once, Inner, Use>({f.to + (i + r) * Inner, x, f.rate}, f.factor + i + r);
        }
        store(y + i, sums_of_lanes<together>(sums));
    }
    if constexpr (First + groups * together < Rows)
        rows_from<First + groups * together, Rows, Inner, Use>(y, a, x, f);
}

/// Rows of y = A x from First on, or of A x + b, column by column: half of the columns beside the others.
template <int First, int Rows, int Inner, bool Adds, class T>
CHAINFOLD_INLINE inline void short_rows_from(T* y, const T* a, const T* x, const T* b) {
    constexpr int lanes = lanes_for<T, Rows - First>(), groups = (Rows - First) / lanes;
    constexpr int half = Inner > 2 ? (Inner + 1) / 2 : Inner;
    using V = pack<T, lanes>;
    for (int i = First; i < First + groups * lanes; i += lanes) {
        V sums[2];
        const auto add = [&]<int K>(std::integral_constant<int, K>) CHAINFOLD_INLINE {
            const V column = column_of<K, Inner, V>(a + i * Inner);
            V& sum = sums[K >= half];
            if constexpr (K > 0 && K != half)
                sum += x[K] * column;
            else if constexpr (Adds && K == 0)
                sum = load<V>(b + i) + x[K] * column;
            else
                sum = x[K] * column;
        };
        [&]<int... K>(std::integer_sequence<int, K...>) CHAINFOLD_INLINE {
            (add(std::integral_constant<int, K>{}), ...);
        }(std::make_integer_sequence<int, Inner>{});
        if constexpr (half < Inner) sums[0] += sums[1];
        store(y + i, sums[0]);
    }
    if constexpr (First + groups * lanes < Rows) short_rows_from<First + groups * lanes, Rows, Inner, Adds>(y, a, x, b);
}

}  // namespace detail

/// y = A x for a row-major A.  Where rows are shorter than a register, it holds a column instead.  Otherwise, while a
/// row is near, it meets the same row of f xᵀ.  (A may be what descends, each row after it was read.)
template <int Rows, int Inner, outer_use Use = outer_use::none, class T>
CHAINFOLD_INLINE inline void rows_times_vector(T* y, const T* a, const T* x, const outer_factors<T>& f = {}) {
    if constexpr (Inner <= longest_short_row) {
        static_assert(Use == outer_use::none);
        detail::short_rows_from<0, Rows, Inner, false, T>(y, a, x, nullptr);
    } else {
        const read_often<Inner, detail::is_streamed<Rows, Inner, T> ? Rows : 0, T> near(x);
        detail::rows_from<0, Rows, Inner, Use>(y, a, near.data(), f);
    }
}

/// y = A x + b for short rows: each sum begins with b, which is not waited for.
template <int Rows, int Inner, class T>
CHAINFOLD_INLINE inline void short_rows_times_vector_plus(T* y, const T* a, const T* x, const T* b) {
    detail::short_rows_from<0, Rows, Inner, true>(y, a, x, b);
}

}  // namespace chainfold::kernel
