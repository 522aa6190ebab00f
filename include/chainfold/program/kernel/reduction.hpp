// SPDX-License-Identifier: BSL-1.0
#pragma once

// Many numbers to one, in registers.

#include <chainfold/math/math.hpp>
#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

// How results are combined.  (Lambdas would do, but g++ checks their parameters' names against the user's globals.)
struct larger_of {
    [[gnu::always_inline]] constexpr auto operator()(auto a, auto b) const { return math::maximum(a, b); }
};

/// combine over what is left from entry First on, with sums of half the width, a quarter …
template <int First, int Size, class T, class Term, class Combine>
[[gnu::always_inline]] inline T reduce_rest(T result, Term term, Combine combine) {
    if constexpr (First < Size) {
        constexpr int lanes = lanes_for<T, Size - First>(), width = lanes_of_sum<T, Size - First>();
        using V = pack<T, lanes>;
        V next[width / lanes];
        CHAINFOLD_UNROLL
        for (int p = 0; p < width / lanes; ++p) next[p] = term.template operator()<V>(First + p * lanes);
        result = combine(result, fold(fold_registers<width / lanes>(next, combine), combine));
        return reduce_rest<First + width, Size>(result, term, combine);
    } else {
        return result;
    }
}

/// combine over term(i, type of register) for i < Size, in up to four sums of the full width at a time.
template <int Size, class T, class Term, class Combine>
[[gnu::always_inline]] inline T reduce(Term term, Combine combine) {
    constexpr int lanes = lanes_for<T, Size>(), width = lanes_of_sum<T, Size>(), parts = width / lanes;
    using V = pack<T, lanes>;
    constexpr int sums = Size / width < 4 ? Size / width : 4, registers = sums * parts, block = sums * width;
    V partial[registers];
    CHAINFOLD_UNROLL
    for (int r = 0; r < registers; ++r) partial[r] = term.template operator()<V>(r * lanes);
    int i = block;
    for (; i + block <= Size; i += block) {
        CHAINFOLD_UNROLL
        for (int r = 0; r < registers; ++r)
            partial[r] = combine(partial[r], term.template operator()<V>(i + r * lanes));
    }
    for (; i + width <= Size; i += width) {
        CHAINFOLD_UNROLL
        for (int p = 0; p < parts; ++p) partial[p] = combine(partial[p], term.template operator()<V>(i + p * lanes));
    }
    CHAINFOLD_UNROLL
    for (int r = parts; r < registers; ++r) partial[r % parts] = combine(partial[r % parts], partial[r]);
    const T result = fold(fold_registers<parts>(partial, combine), combine);
    return reduce_rest<Size / width * width, Size>(result, term, combine);
}

template <int Size, class T>
[[gnu::always_inline]] inline T sum(const T* x) {
    return reduce<Size, T>([x]<class V>(int first) { return load<V>(x + first); }, addition{});
}

template <int Size, class T>
[[gnu::always_inline]] inline T dot(const T* a, const T* b) {
    return reduce<Size, T>([a, b]<class V>(int first) { return load<V>(a + first) * load<V>(b + first); }, addition{});
}

template <int Size, class T>
[[gnu::always_inline]] inline T largest(const T* x) {
    return reduce<Size, T>([x]<class V>(int first) { return load<V>(x + first); }, larger_of{});
}

template <int Size, class T>
[[gnu::always_inline]] inline T log_sum_exp(const T* x) {
    const T most = largest<Size>(x);
    return most + math::log(reduce<Size, T>(
                      [x, most]<class V>(int first) { return math::exp(load<V>(x + first) - most); }, addition{}));
}

template <int Size, class T>
[[gnu::always_inline]] inline void softmax(T* y, const T* x) {
    const T most = largest<Size>(x);
    const T total = reduce<Size, T>(
        [x, y, most]<class V>(int first) {
            const V weight = math::exp(load<V>(x + first) - most);
            store(y + first, weight);
            return weight;
        },
        addition{});
    const T factor = T(1) / total;
    for (int i = 0; i < Size; ++i) y[i] *= factor;
}

}  // namespace chainfold::kernel
