// SPDX-License-Identifier: BSL-1.0
#pragma once

// An outer product of two vectors, row by row, and what may become of it.  Where rows are shorter than a register, it
// holds several: who reads the matrix next reads registers, and of what was just stored, such only are forwarded.

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

/// What becomes of x rᵀ.
enum class outer_use {
    none,
    assign,  // G = x rᵀ
    descend  // A ← A − η x rᵀ
};

template <class T>
struct outer_factors {
    T* to = nullptr;  // G or A
    const T* right = nullptr;
    T rate = T(0);
};

namespace detail {

/// The numbers of r from First on: full registers, and what does not fill one in shorter ones.
template <int First, int Columns, class T>
struct right_factor {
    static constexpr int lanes = lanes_for<T, Columns - First>(), vectors = (Columns - First) / lanes;
    static constexpr int next = First + vectors * lanes;
    using V = pack<T, lanes>;
    V of[vectors];
    right_factor<next, Columns, T> rest;

    CHAINFOLD_INLINE explicit right_factor(const T* r) : rest(r) {
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) of[v] = load<V>(r + First + v * lanes);
    }
    /// A row of the product.
    template <outer_use Use>
    CHAINFOLD_INLINE void write(T* to, T left) const {
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) {
            T* const place = to + First + v * lanes;
            store(place, Use == outer_use::descend ? load<V>(place) + left * of[v] : left * of[v]);
        }
        rest.template write<Use>(to, left);
    }
};
template <int Columns, class T>
struct right_factor<Columns, Columns, T> {
    CHAINFOLD_INLINE explicit right_factor(const T*) {}
    template <outer_use Use>
    CHAINFOLD_INLINE static void write(T*, T) {}
};

/// What a row is multiplied by.
template <outer_use Use, class T>
CHAINFOLD_INLINE inline T left_of_row(T x, T rate) {
    return Use == outer_use::descend ? -rate * x : x;
}

/// The numbers of r, over and over.
template <class V, int Columns, class T>
CHAINFOLD_INLINE inline V repeated(const T* r) {
    if constexpr (Columns * sizeof(T) == 8) {  // (g++ moves vectors of eight bytes through other registers.)
        using words = math::simd<double, static_cast<int>(sizeof(V) / 8)>;
        return __builtin_bit_cast(V, math::splat<words>(load<double>(r)));
    } else {
        return [&]<std::size_t... I>(std::index_sequence<I...>) CHAINFOLD_INLINE {
            const auto row = load<pack<T, Columns>>(r);
            return __builtin_shufflevector(row, row, static_cast<int>(I % std::size_t{Columns})...);
        }(std::make_index_sequence<static_cast<std::size_t>(math::lanes_of<V>)>{});
    }
}
/// The rows' factors for register Q of the rows of `left`, as often as there are columns.
template <int Q, int Columns, class V, std::size_t... I>
CHAINFOLD_INLINE inline V left_of_rows(V left, std::index_sequence<I...>) {
    return __builtin_shufflevector(left, left, ((Q * math::lanes_of<V> + static_cast<int>(I)) / Columns)...);
}
/// Rows from First on, as many at a time as a register has lanes, if it has several times as many lanes as there are
/// columns.
template <int First, int Rows, int Columns, outer_use Use, class T>
CHAINFOLD_INLINE inline void short_rows(const outer_factors<T>& f, const T* x) {
    constexpr int lanes = lanes_for<T, Rows - First, (math::native_bytes < 32 ? math::native_bytes : 32)>();
    if constexpr (Columns > 1 && lanes > Columns && lanes % Columns == 0) {
        using V = pack<T, lanes>;
        constexpr int next = First + (Rows - First) / lanes * lanes;
        const V right = repeated<V, Columns>(f.right);
        for (int i = First; i < next; i += lanes) {
            V left = load<V>(x + i);
            if constexpr (Use == outer_use::descend) left *= -f.rate;
            [&]<int... Q>(std::integer_sequence<int, Q...>) CHAINFOLD_INLINE {
                const auto write = [&](T* to, V rows) CHAINFOLD_INLINE {
                    store(to, Use == outer_use::descend ? load<V>(to) + rows * right : rows * right);
                };
                (write(f.to + i * Columns + Q * lanes,
                       left_of_rows<Q, Columns>(left, std::make_index_sequence<std::size_t{lanes}>{})),
                 ...);
            }(std::make_integer_sequence<int, Columns>{});
        }
        short_rows<next, Rows, Columns, Use>(f, x);
    } else if constexpr (First < Rows) {
        const right_factor<0, Columns, T> right(f.right);
        CHAINFOLD_UNROLL_SOME
        for (int i = First; i < Rows; ++i)
            right.template write<Use>(f.to + i * Columns, left_of_row<Use>(x[i], f.rate));
    }
}

}  // namespace detail

/// All of x rᵀ, with r in registers if it fits eight.
template <int Rows, int Columns, outer_use Use, class T>
CHAINFOLD_INLINE inline void outer_product(const outer_factors<T>& f, const T* x) {
    constexpr int some = 8 * lanes_for<T, Columns>(), full = Columns / some * some;
    if constexpr (Columns <= some) {
        detail::short_rows<0, Rows, Columns, Use>(f, x);
    } else {
        for (int i = 0; i < Rows; ++i) {
            const T left = detail::left_of_row<Use>(x[i], f.rate);
            T* const row = f.to + i * Columns;
            for (int j = 0; j < full; j += some)
                detail::right_factor<0, some, T>(f.right + j).template write<Use>(row + j, left);
            detail::right_factor<full, Columns, T>(f.right).template write<Use>(row, left);
        }
    }
}

}  // namespace chainfold::kernel
