// SPDX-License-Identifier: BSL-1.0
#pragma once

// An outer product of two vectors, row by row, and what may become of it.  Where rows are shorter than a register, it
// holds several: who reads the matrix next reads registers, and of what was just stored, such only are forwarded.

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

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
    const T* factor = nullptr;  // r; beside a product that has r, x
    T rate = T(0);
};

/// N numbers that are read as full registers, Times times over: where they stand, or copied to where no register of
/// them lies over two lines of the cache, for which processors read twice.
template <int N, int Times, class T>
class read_often {
    static constexpr std::size_t bytes = sizeof(T) * std::size_t{N};
    static constexpr bool may_copy = math::native_bytes > 16 && Times >= 8 && bytes >= 1024 && bytes <= 16 * 1024;
    struct nothing {};
    struct copy {
        alignas(bytes_of_line) T numbers[N];
    };
    [[no_unique_address]] std::conditional_t<may_copy, copy, nothing> copy_;
    const T* at_;

public:
    CHAINFOLD_INLINE explicit read_often(const T* numbers) : at_(numbers) {
        if constexpr (may_copy)
            if (reinterpret_cast<std::uintptr_t>(numbers) % bytes_of_line != 0)
                at_ = static_cast<const T*>(__builtin_memcpy(copy_.numbers, numbers, bytes));
    }
    read_often(const read_often&) = delete;
    read_often& operator=(const read_often&) = delete;
    CHAINFOLD_INLINE const T* data() const { return at_; }
};

namespace detail {

/// A factor of what descends has the rate: the right one where it fits the registers of the widest target, in which it
/// stays, while the left one comes from memory number by number and only fills a register.
template <class T, int Columns>
inline constexpr bool left_has_rate = Columns > 8 * lanes_of_sum<T, Columns>();
template <outer_use Use, class T, class V>
CHAINFOLD_INLINE inline V with_rate(V r, T rate) {
    return Use == outer_use::descend ? rate * r : r;
}
template <outer_use Use, class T, class V, class L>
CHAINFOLD_INLINE inline void write_product(T* to, L left, V right) {
    store(to, Use == outer_use::descend ? load<V>(to) - left * right : left * right);
}

/// The numbers of r from First on: full registers, and what does not fill one in shorter ones.
template <int First, int Columns, outer_use Use, class T>
struct right_factor {
    static constexpr int lanes = lanes_for<T, Columns - First>(), vectors = (Columns - First) / lanes;
    static constexpr int next = First + vectors * lanes;
    using V = pack<T, lanes>;
    V of[vectors];
    right_factor<next, Columns, Use, T> rest;

    CHAINFOLD_INLINE right_factor(const T* r, T rate) : rest(r, rate) {
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v) of[v] = with_rate<Use>(load<V>(r + First + v * lanes), rate);
    }
    /// A row of the product.  (Its number is read again for each register that it fills: with AVX that is part of
    /// reading, and a copy of a register is not.)
    CHAINFOLD_INLINE void write(T* to, const T* left) const {
        [[maybe_unused]] const T once = *left;
        CHAINFOLD_UNROLL
        for (int v = 0; v < vectors; ++v)
            write_product<Use>(to + First + v * lanes, math::native_bytes < 32 ? once : *left, of[v]);
        rest.write(to, left);
    }
};
template <int Columns, outer_use Use, class T>
struct right_factor<Columns, Columns, Use, T> {
    CHAINFOLD_INLINE right_factor(const T*, T) {}
    CHAINFOLD_INLINE static void write(T*, const T*) {}
};

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
/// A matrix of more bytes is written by a loop that is not unrolled.  What the nearest cache does not hold the
/// processor fetches ahead of the stores, guessing from the addresses of each store instruction; there are more of
/// these in an unrolled loop, and on a Zen 5 it guesses less well.
inline constexpr std::size_t most_unrolled_bytes = 32 * 1024;
/// Rows from First on, as many at a time as a register has lanes, if it has several times as many lanes as there are
/// columns.
template <int First, int Rows, int Columns, outer_use Use, class T>
CHAINFOLD_INLINE inline void short_rows(const outer_factors<T>& f, const T* x) {
    constexpr int lanes = lanes_for<T, Rows - First, (math::native_bytes < 32 ? math::native_bytes : 32)>();
    if constexpr (Columns > 1 && lanes > Columns && lanes % Columns == 0) {
        using V = pack<T, lanes>;
        constexpr int next = First + (Rows - First) / lanes * lanes;
        const V right = with_rate<Use>(repeated<V, Columns>(f.factor), f.rate);
        for (int i = First; i < next; i += lanes) {
            const V left = load<V>(x + i);
            [&]<int... Q>(std::integer_sequence<int, Q...>) CHAINFOLD_INLINE {
                (write_product<Use>(f.to + i * Columns + Q * lanes,
                                    left_of_rows<Q, Columns>(left, std::make_index_sequence<std::size_t{lanes}>{}),
                                    right),
                 ...);
            }(std::make_integer_sequence<int, Columns>{});
        }
        short_rows<next, Rows, Columns, Use>(f, x);
    } else if constexpr (First < Rows) {
        const right_factor<0, Columns, Use, T> right(f.factor, f.rate);
        const auto write = [&](int i) CHAINFOLD_INLINE { right.write(f.to + i * Columns, x + i); };
        if constexpr (std::size_t{Rows} * Columns * sizeof(T) > most_unrolled_bytes) {
            CHAINFOLD_NO_UNROLL
            for (int i = First; i < Rows; ++i) write(i);
        } else {
            CHAINFOLD_UNROLL_SOME
            for (int i = First; i < Rows; ++i) write(i);
        }
    }
}

/// A row of the product, of columns from First on, where r does not fit the registers: two of them at a time.
template <int First, int Columns, outer_use Use, class T>
CHAINFOLD_INLINE inline void long_row(T* to, T left, T rate, const T* r) {
    constexpr bool left_has = left_has_rate<T, Columns>;
    constexpr int lanes = lanes_for<T, Columns - First>(), next = First + (Columns - First) / lanes * lanes;
    using V = pack<T, lanes>;
    const V factor = math::splat<V>(left_has ? with_rate<Use>(left, rate) : left);
    CHAINFOLD_UNROLL_TWICE
    for (int j = First; j < next; j += lanes) {
        const V right = load<V>(r + j);
        write_product<Use>(to + j, factor, left_has ? right : with_rate<Use>(right, rate));
    }
    if constexpr (next < Columns) long_row<next, Columns, Use>(to, left, rate, r);
}

}  // namespace detail

/// All of x rᵀ, with r in registers if it fits eight.
template <int Rows, int Columns, outer_use Use, class T>
CHAINFOLD_INLINE inline void outer_product(const outer_factors<T>& f, const T* x) {
    if constexpr (Columns <= 8 * lanes_for<T, Columns>()) {
        detail::short_rows<0, Rows, Columns, Use>(f, x);
    } else {
        const read_often<Columns, Rows, T> r(f.factor);
        for (int i = 0; i < Rows; ++i) detail::long_row<0, Columns, Use>(f.to + i * Columns, x[i], f.rate, r.data());
    }
}

}  // namespace chainfold::kernel
