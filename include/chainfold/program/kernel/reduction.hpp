// SPDX-License-Identifier: BSL-1.0
#pragma once

// Many numbers to one, in registers.

#include <chainfold/math/math.hpp>
#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel {

// How results are combined.  (Lambdas would do, but g++ checks their parameters' names against the user's globals.)
// (A NaN may be passed over: what is subtracted from keeps it.)
struct larger_of {
    CHAINFOLD_INLINE constexpr auto operator()(auto a, auto b) const { return math::select(a > b, a, b); }
};

/// combine over what is left from entry First on, with sums of half the width, a quarter …
template <int First, int Size, class T, class Term, class Combine>
CHAINFOLD_INLINE inline T reduce_rest(T result, Term term, Combine combine) {
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
CHAINFOLD_INLINE inline T reduce(Term term, Combine combine) {
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
CHAINFOLD_INLINE inline T sum(const T* x) {
    return reduce<Size, T>([x]<class V>(int first) { return load<V>(x + first); }, addition{});
}

template <int Size, class T>
CHAINFOLD_INLINE inline T dot(const T* a, const T* b) {
    return reduce<Size, T>(
        [a, b]<class V>(int first) { CHAINFOLD_CONTRACT return load<V>(a + first) * load<V>(b + first); }, addition{});
}

/// The largest of numbers of which none is NaN.
template <int Size, class T>
CHAINFOLD_INLINE inline T largest(const T* x) {
    return reduce<Size, T>([x]<class V>(int first) { return load<V>(x + first); }, larger_of{});
}

template <int Size, class T>
CHAINFOLD_INLINE inline T log_sum_exp(const T* x) {
    const T most = largest<Size>(x);
    return most + math::log(reduce<Size, T>(
                      [x, most]<class V>(int first) { return math::exp(load<V>(x + first) - most); }, addition{}));
}

namespace detail {

/// to = from · factor, from entry First on, with registers of half the size, a quarter … for the last ones.
template <int First, int Size, class T>
CHAINFOLD_INLINE inline void scale(T* y, T factor) {
    if constexpr (First < Size) {
        constexpr int lanes = lanes_for<T, Size - First>(), end = First + (Size - First) / lanes * lanes;
        using V = pack<T, lanes>;
        for (int i = First; i < end; i += lanes) store(y + i, load<V>(y + i) * factor);
        scale<end, Size>(y, factor);
    }
}

}  // namespace detail

/// y = softmax(x) and, from the same exponentials, ln Σ exp x.  As many registers as there are keep them until their
/// sum is known; the others go to y.
template <int Size, class T>
CHAINFOLD_INLINE inline T softmax(T* y, const T* x) {
    constexpr int lanes = lanes_for<T, Size>(), width = lanes_of_sum<T, Size>(), parts = width / lanes;
    constexpr int kept = (Size / width < 16 ? Size / width : 16) * parts;  // registers
    using V = pack<T, lanes>;
    const T most = largest<Size>(x);
    V weights[kept], total[2 * parts] = {};
    CHAINFOLD_UNROLL
    for (int i = 0; i < kept; ++i) {
        weights[i] = math::exp(load<V>(x + i * lanes) - most);
        total[i % (2 * parts)] += weights[i];
    }
    T all = sum_of_lanes(fold_registers<2 * parts>(total, addition{}));
    if constexpr (kept * lanes < Size)
        all += reduce<Size - kept * lanes, T>(
            [x, y, most]<class W>(int first) {
                const W weight = math::exp(load<W>(x + kept * lanes + first) - most);
                store(y + kept * lanes + first, weight);
                return weight;
            },
            addition{});
    const T factor = T(1) / all;
    CHAINFOLD_UNROLL
    for (int i = 0; i < kept; ++i) store(y + i * lanes, weights[i] * factor);
    detail::scale<kept * lanes, Size>(y, factor);
    return most + math::log(all);
}

namespace detail {

/// The same for some registers of samples, entry × sample.
template <class V, int Size, int Tile, int Registers, bool WithLog, class T>
CHAINFOLD_INLINE inline void softmax_of_samples(T* y, const T* x, [[maybe_unused]] T* logs) {
    constexpr int lanes = math::lanes_of<V>;
    V most[Registers], total[Registers];
    CHAINFOLD_UNROLL
    for (int r = 0; r < Registers; ++r) most[r] = load<V>(x + r * lanes);
    for (int i = 1; i < Size; ++i) {
        CHAINFOLD_UNROLL
        for (int r = 0; r < Registers; ++r) most[r] = larger_of{}(most[r], load<V>(x + i * Tile + r * lanes));
    }
    CHAINFOLD_UNROLL
    for (int r = 0; r < Registers; ++r) total[r] = V{};
    for (int i = 0; i < Size; ++i) {
        CHAINFOLD_UNROLL
        for (int r = 0; r < Registers; ++r) {
            const V weight = math::exp(load<V>(x + i * Tile + r * lanes) - most[r]);
            store(y + i * Tile + r * lanes, weight);
            total[r] += weight;
        }
    }
    CHAINFOLD_UNROLL
    for (int r = 0; r < Registers; ++r) {
        if constexpr (WithLog) store(logs + r * lanes, most[r] + math::log(total[r]));
        total[r] = T(1) / total[r];
    }
    for (int i = 0; i < Size; ++i) {
        CHAINFOLD_UNROLL
        for (int r = 0; r < Registers; ++r)
            store(y + i * Tile + r * lanes, load<V>(y + i * Tile + r * lanes) * total[r]);
    }
}

}  // namespace detail

/// The same for a tile of samples, two registers at a time: enough that none waits for another, and little code where
/// a tile is many registers.
template <int Size, int Tile, bool WithLog, class T>
inline void softmax_of_tile(T* y, const T* x, T* logs) {
    constexpr int lanes = lanes_for<T, Tile>(), registers = Tile / lanes < 2 ? 1 : 2;
    for (int sample = 0; sample < Tile; sample += registers * lanes)
        detail::softmax_of_samples<pack<T, lanes>, Size, Tile, registers, WithLog>(
            y + sample, x + sample, WithLog ? logs + sample : nullptr);
}

}  // namespace chainfold::kernel
