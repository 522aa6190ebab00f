// SPDX-License-Identifier: BSL-1.0
#pragma once

// One vector times a matrix, which is read once, row by row.

#include <chainfold/program/kernel/outer.hpp>

namespace chainfold::kernel {

namespace detail {

/// The first lanes of a register, as a shorter one.
template <class V, class W>
CHAINFOLD_INLINE inline V first_of(W w) {
    if constexpr (std::is_same_v<V, W>)
        return w;
    else if constexpr (math::lanes_of<V> == 1)
        return w[0];
    else
        return first_of<V>(math::detail::half_of<0>(w));
}

/// Sums of the columns from First to Columns, several apart: full registers, and what does not fill one in shorter
/// ones.
template <int First, int Columns, int Apart, class T>
struct column_sums {
    static constexpr int lanes = lanes_for<T, Columns - First, bytes_for_rows<T, Columns>>();
    static constexpr int vectors = (Columns - First) / lanes;
    static constexpr int done = First + vectors * lanes;
    using V = pack<T, lanes>;
    V sums[Apart][vectors] = {};
    column_sums<done, Columns, Apart, T> rest{};

    /// The first of the sums that are apart begin with b.
    CHAINFOLD_INLINE void begin_with(const T* b) {
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) sums[0][v] = load<V>(b + First + v * lanes);
        rest.begin_with(b);
    }
    /// (Every lane of x is the same: one register of it serves the shorter ones too.)
    template <int P, bool Once, class X>
    CHAINFOLD_INLINE void add(const T* row, X every) {
        const V x = first_of<V>(every);
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v)
            if constexpr (Once)  // no sum, and no zero to begin with
                sums[P][v] = x * load<V>(row + First + v * lanes);
            else
                sums[P][v] += x * load<V>(row + First + v * lanes);
        rest.template add<P, Once>(row, x);
    }
    CHAINFOLD_INLINE void write(T* y) {
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
    CHAINFOLD_INLINE static void begin_with(const T*) {}
    template <int P, bool Once, class X>
    CHAINFOLD_INLINE static void add(const T*, X) {}
    CHAINFOLD_INLINE static void write(T*) {}
};

/// Columns of yᵀ = xᵀ A from First to Last, `Apart` rows summed apart, and of x rᵀ.
template <int First, int Last, int Columns, int Inner, int Apart, outer_use Use, class T>
CHAINFOLD_INLINE inline void some_columns(T* y, const T* a, const T* x, const outer_factors<T>& f) {
    constexpr int full = Inner / Apart * Apart;
    column_sums<First, Last, Apart, T> sums;
    [[maybe_unused]] const right_factor<First, Use == outer_use::none ? First : Last, Use, T> right(f.factor, f.rate);
    [[maybe_unused]] T* const to = apart(f.to);  // or g++ keeps the row in registers, where it multiplies more slowly
    const auto add = [&]<int P>(std::integral_constant<int, P>, int k) CHAINFOLD_INLINE {
        sums.template add<P, Inner == Apart>(a + k * Columns, math::splat<typename decltype(sums)::V>(x[k]));
        if constexpr (Use != outer_use::none)
            right.write(to + k * Columns, x + k);
    };
    CHAINFOLD_NO_UNROLL  // they would be several readers, and for each of them less is fetched ahead
    for (int k = 0; k < full; k += Apart)
        [&]<int... P>(std::integer_sequence<int, P...>) CHAINFOLD_INLINE {
            (add(std::integral_constant<int, P>{}, k + P), ...);
        }(std::make_integer_sequence<int, Apart>{});
    for (int k = full; k < Inner; ++k) add(std::integral_constant<int, 0>{}, k);
    sums.write(y);
}
/// The last columns, which are few, as many at a time as there are registers.
template <int First, int Columns, int Inner, int Apart, outer_use Use, class T>
CHAINFOLD_INLINE inline void last_columns(T* y, const T* a, const T* x, const outer_factors<T>& f) {
    constexpr int lanes = lanes_for<T, Columns - First>(), most = native_registers - 2;
    constexpr int some = math::native_bytes == 64 ? Columns - First : most / Apart * lanes;
    constexpr int last = Columns - First < some ? Columns : First + some;
    some_columns<First, last, Columns, Inner, Apart, Use>(y, a, x, f);
    if constexpr (last < Columns) last_columns<last, Columns, Inner, Apart, Use>(y, a, x, f);
}

/// Columns of yᵀ = xᵀ A from First on.  With few columns, several rows are summed apart, which hides the latency; how
/// many follows from the columns, not from the registers, so that the order of the sums does.
template <int First, int Columns, int Inner, outer_use Use, class T>
CHAINFOLD_INLINE inline void columns_from(T* y, const T* a, const T* x, const outer_factors<T>& f) {
    constexpr int width = lanes_of_sum<T, Columns - First>(), lanes = lanes_for<T, Columns - First>();
    constexpr int done = First + (Columns - First) / (8 * width) * (8 * width);
    for (int j = First; j < done; j += 8 * lanes)
        some_columns<0, 8 * lanes, Columns, Inner, 1, Use>(
            y + j, a + j, x, Use == outer_use::none ? f : outer_factors<T>{f.to + j, f.factor + j, f.rate});
    if constexpr (done < Columns) {
        constexpr int most = (Columns - done) / lanes_of_sum<T, Columns - done>();
        constexpr int apart = Inner < 2 ? 1 : most >= 4 || Inner < 4 ? 2 : 4;
        last_columns<done, Columns, Inner, apart, Use>(y, a, x, f);
    }
}

/// Columns of yᵀ = xᵀ A + bᵀ from First to Last.
template <int First, int Last, int Columns, int Inner, class T>
CHAINFOLD_INLINE inline void columns_of_few_rows(T* y, const T* a, const T* x, const T* b) {
    column_sums<First, Last, (Inner > 1 ? 2 : 1), T> sums;
    using V = typename decltype(sums)::V;
    sums.begin_with(b);
    [&]<int... K>(std::integer_sequence<int, K...>) CHAINFOLD_INLINE {
        (sums.template add<(K % 2), (K == 1)>(a + K * Columns, math::splat<V>(x[K])), ...);
    }(std::make_integer_sequence<int, Inner>{});
    sums.write(y);
}

}  // namespace detail

/// yᵀ = xᵀ A + bᵀ for few rows: one half of the sums begins with b, which is not waited for.
template <int Columns, int Inner, class T>
CHAINFOLD_INLINE inline void vector_times_few_rows_plus(T* y, const T* a, const T* x, const T* b) {
    constexpr int block = 4 * lanes_for<T, Columns>(), done = Columns / block * block;
    for (int j = 0; j < done; j += block) detail::columns_of_few_rows<0, block, Columns, Inner>(y + j, a + j, x, b + j);
    if constexpr (done < Columns) detail::columns_of_few_rows<done, Columns, Columns, Inner>(y, a, x, b);
}

/// yᵀ = xᵀ A for a row-major A of Inner rows.  While a row is in registers, it meets the same row of x rᵀ: of a layer's
/// way back, that is all.  (A may be what descends, each row after it was read.)
template <int Columns, int Inner, outer_use Use = outer_use::none, class T>
CHAINFOLD_INLINE inline void vector_times_columns(T* y, const T* a, const T* x, const outer_factors<T>& f = {}) {
    detail::columns_from<0, Columns, Inner, Use>(y, a, x, f);
}

}  // namespace chainfold::kernel
