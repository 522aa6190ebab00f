// SPDX-License-Identifier: BSL-1.0
#pragma once

// Rows of a matrix that a loop over its rows reads once, for A x, of which each row is an entry, and for Aᵀ v, which is
// the sum of the rows times the entries of v.

#include <chainfold/program/kernel/column_product.hpp>
#include <chainfold/program/kernel/vector_product.hpp>

namespace chainfold::kernel {

/// As many entries of A x as V has lanes, from the row on that begins at a.
template <class V, int Columns, class T>
CHAINFOLD_INLINE inline V entries_of_product(const T* a, const T* x) {
    using W = pack<T, lanes_for<T, Columns, bytes_for_rows<T, Columns>>()>;
    constexpr int rows = math::lanes_of<V>, parts = lanes_of_sum<T, Columns>() / math::lanes_of<W>;
    constexpr int at_once = rows < 8 / parts ? rows : 8 / parts;
    W sums[rows];
    CHAINFOLD_UNROLL
    for (int r = 0; r < rows; r += at_once) detail::add_rows<W, at_once, parts, Columns>(sums + r, a + r * Columns, x);
    return sums_of_lanes<rows>(sums);
}

/// Aᵀ v while it is summed up: even rows and odd ones apart.
template <int Columns, class T>
class sum_of_rows {
    detail::column_sums<0, Columns, 2, T> sums_;

public:
    /// Adds the rows from the one on that begins at a, each times its lane of v.
    template <class V>
    CHAINFOLD_INLINE void add(const T* a, V v) {
        if constexpr (math::lanes_of<V> == 1)
            add_row<0>(a, v);
        else
            [&]<int... K>(std::integer_sequence<int, K...>) CHAINFOLD_INLINE {
                (add_row<K>(a + K * Columns, v[K]), ...);
            }(std::make_integer_sequence<int, math::lanes_of<V>>{});
    }
    CHAINFOLD_INLINE void write(T* y) { sums_.write(y); }

private:
    template <int K>
    CHAINFOLD_INLINE void add_row(const T* row, T v) {
        sums_.template add<K % 2, false>(row, math::splat<typename decltype(sums_)::V>(v));
    }
};

}  // namespace chainfold::kernel
