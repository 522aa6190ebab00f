// SPDX-License-Identifier: BSL-1.0
#pragma once

// An outer product of two vectors, row by row, and what may become of it.

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

    [[gnu::always_inline]] explicit right_factor(const T* r) : rest(r) {
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) of[v] = load<V>(r + First + v * lanes);
    }
    /// A row of the product.
    template <outer_use Use>
    [[gnu::always_inline]] void write(T* to, T left) const {
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
    [[gnu::always_inline]] explicit right_factor(const T*) {}
    template <outer_use Use>
    [[gnu::always_inline]] static void write(T*, T) {}
};

/// What a row is multiplied by.
template <outer_use Use, class T>
[[gnu::always_inline]] inline T left_of_row(T x, T rate) {
    return Use == outer_use::descend ? -rate * x : x;
}

}  // namespace detail

/// All of x rᵀ, with r in registers if it fits eight.
template <int Rows, int Columns, outer_use Use, class T>
[[gnu::always_inline]] inline void outer_product(const outer_factors<T>& f, const T* x) {
    constexpr int some = 8 * lanes_for<T, Columns>(), full = Columns / some * some;
    if constexpr (Columns <= some) {
        const detail::right_factor<0, Columns, T> right(f.right);
        CHAINFOLD_UNROLL_4
        for (int i = 0; i < Rows; ++i)
            right.template write<Use>(f.to + i * Columns, detail::left_of_row<Use>(x[i], f.rate));
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
