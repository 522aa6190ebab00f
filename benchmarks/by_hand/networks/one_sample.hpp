// SPDX-License-Identifier: BSL-1.0
#pragma once

// A network for one sample, in vectors.  Nothing but weights goes through memory twice: the forward pass reads them
// once; the backward pass reads them once more and, while it has them, writes the gradient or the new weights.
// Weights of a wide layer stand as in × out, those of a narrow one (few outputs of many) as out × in.

#include <algorithm>
#include <memory>

#include "by_hand/networks/layer_end.hpp"

namespace by_hand {

template <class Net>
class one_sample {
    using T = typename Net::value_type;
    static constexpr bool narrow(int l) { return Net::out(l) < 16 && Net::out(l) < Net::in(l); }
    static constexpr int lanes_of(int width) { return std::min(width, native_lanes<T>); }
    static constexpr int power_of_two(int n) {
        int p = 4;
        while (p < n) p *= 2;
        return p;
    }

public:
    static constexpr int weight_at(int l, int o, int i) {
        return Net::begin(l) + (narrow(l) ? o * Net::in(l) + i : i * Net::out(l) + o);
    }
    static constexpr int bias_at(int l, int o) { return Net::begin(l) + Net::in(l)*Net::out(l) + o; }

    void set(const T* common) {
        benchmark::for_each_weight<Net, one_sample>([&](int from, int to) { values_->weights[to] = common[from]; });
    }
    void get(T* common) const {
        benchmark::for_each_weight<Net, one_sample>([&](int to, int from) { common[to] = values_->weights[from]; });
    }
    void get_gradient(T* common) const {
        benchmark::for_each_weight<Net, one_sample>([&](int to, int from) { common[to] = values_->gradient[from]; });
    }

    T gradient(const T* x, const T* t, int) { return run<false>(x, t, 0); }
    T step(const T* x, const T* t, int, T rate) { return run<true>(x, t, rate); }

private:
    static constexpr int widest = *std::max_element(Net::widths.begin(), Net::widths.end());
    struct storage {
        alignas(64) T weights[Net::size + 16];
        alignas(64) T gradient[Net::size + 16];
        alignas(64) T outputs[Net::layers][widest];
        alignas(64) T deltas[widest];
    };
    std::unique_ptr<storage> values_ = std::make_unique<storage>();

    template <bool Step, class V>
    INLINE static void write(T* to, V product, V old) {
        store(to, Step ? old - product : product);  // in a step, the factor holds the rate
    }
    /// Where a layer writes: its gradient, or its weights.
    template <int L, bool Step>
    INLINE T* target() {
        return (Step ? values_->weights : values_->gradient) + Net::begin(L);
    }

    /// Each layer in turn: forward, what is behind it, and its own way back.  The derivative by what the layer reads
    /// is left in deltas.
    template <int L, bool Step>
    INLINE T layer(const T* x, const T* t, T rate) {
        if constexpr (narrow(L))
            return narrow_layer<L, Step>(x, t, rate);
        else
            return wide_layer<L, Step>(x, t, rate);
    }

    template <int L, bool Step>
    INLINE T wide_layer(const T* x, const T* t, T rate) {
        constexpr int in = Net::in(L), out = Net::out(L), lanes = lanes_of(out), count = out / lanes,
                      at = Net::begin(L);
        constexpr int sums_at_once = std::max(1, std::min(in, 8 / count));
        using V = vec<T, lanes>;
        const T* const w = values_->weights + at;
        V sums[sums_at_once][count];
        UNROLL
        for (int s = 0; s < sums_at_once; ++s) UNROLL
        for (int j = 0; j < count; ++j) sums[s][j] = s == 0 ? load<V>(w + in * out + j * lanes) : V{};
        for (int i = 0; i < in; i += sums_at_once) UNROLL
        for (int s = 0; s < sums_at_once; ++s) UNROLL
        for (int j = 0; j < count; ++j) sums[s][j] += load<V>(w + (i + s) * out + j * lanes) * x[i + s];
        V d[count];
        UNROLL
        for (int j = 0; j < count; ++j) d[j] = total<sums_at_once>(sums, j);
        T loss;
        if constexpr (L + 1 == Net::layers) {
            static_assert(count == 1);
            loss = compare<Net>(d[0], t, T(1));
        } else {
            UNROLL
            for (int j = 0; j < count; ++j) store(values_->outputs[L] + j * lanes, apply<Net::hidden>(d[j]));
            loss = layer<L + 1, Step>(values_->outputs[L], t, rate);
            UNROLL
            for (int j = 0; j < count; ++j) d[j] = load<V>(values_->deltas + j * lanes);
        }

        // Back: a row of weights for each input.
        T* const to = target<L, Step>();
        T* const deltas = values_->deltas;
        V scaled[count];
        UNROLL
        for (int j = 0; j < count; ++j) {
            scaled[j] = Step ? d[j] * rate : d[j];
            write<Step>(to + in * out + j * lanes, scaled[j], load<V>(w + in * out + j * lanes));
        }
        constexpr int together = L == 0 ? 1 : lanes_of(in);
        for (int i = 0; i < in; i += together) {
            [[maybe_unused]] V rows[together];
            UNROLL
            for (int r = 0; r < together; ++r) {
                V row[count];
                UNROLL
                for (int j = 0; j < count; ++j) {
                    const int place = (i + r) * out + j * lanes;
                    row[j] = load<V>(w + place);
                    if constexpr (L > 0) rows[r] = j == 0 ? row[j] * d[j] : rows[r] + row[j] * d[j];
                    write<Step>(to + place, scaled[j] * x[i + r], row[j]);
                }
            }
            if constexpr (L > 0) {
                static_assert(together == lanes);
                store(deltas + i, times_slope<Net::hidden>(sums_of_rows<lanes>(rows), load<V>(x + i)));
            }
        }
        return loss;
    }

    template <int S, class Sums>
    INLINE static auto total(const Sums& sums, int j) {
        if constexpr (S == 1)
            return sums[0][j];
        else if constexpr (S == 2)
            return sums[0][j] + sums[1][j];
        else if constexpr (S == 4)
            return (sums[0][j] + sums[1][j]) + (sums[2][j] + sums[3][j]);
        else
            return ((sums[0][j] + sums[1][j]) + (sums[2][j] + sums[3][j])) +
                   ((sums[4][j] + sums[5][j]) + (sums[6][j] + sums[7][j]));
    }

    template <int L, bool Step>
    INLINE T narrow_layer(const T* x, const T* t, T rate) {
        constexpr int in = Net::in(L), out = Net::out(L), lanes = lanes_of(in), count = in / lanes, at = Net::begin(L);
        constexpr int padded = std::min(power_of_two(out), lanes);
        static_assert(L > 0 && L + 1 == Net::layers && padded >= out);
        using V = vec<T, lanes>;
        const T* const w = values_->weights + at;
        V a[count];
        UNROLL
        for (int j = 0; j < count; ++j) a[j] = load<V>(x + j * lanes);
        V rows[padded] = {};
        UNROLL
        for (int o = 0; o < out; ++o) UNROLL
        for (int j = 0; j < count; ++j) rows[o] += load<V>(w + o * in + j * lanes) * a[j];
        using Z = vec<T, padded>;
        Z z = load_first<Z, out>(w + in * out);
        if constexpr (out == 1)
            z[0] += sum_of_lanes(rows[0]);
        else
            z += sums_of_rows<padded>(rows);
        const T loss = compare<Net>(z, t, T(1));

        T* const to = target<L, Step>();
        V before[count] = {};
        UNROLL
        for (int o = 0; o < out; ++o) {
            const T scaled = Step ? z[o] * rate : z[o];
            UNROLL
            for (int j = 0; j < count; ++j) {
                const V row = load<V>(w + o * in + j * lanes);
                before[j] += row * z[o];
                write<Step>(to + o * in + j * lanes, a[j] * scaled, row);
            }
        }
        UNROLL
        for (int j = 0; j < count; ++j) store(values_->deltas + j * lanes, times_slope<Net::hidden>(before[j], a[j]));
        for (int o = 0; o < out; ++o) to[in * out + o] = Step ? to[in * out + o] - rate * z[o] : z[o];
        return loss;
    }

    template <bool Step>
    T run(const T* x, const T* t, T rate) {
        return layer<0, Step>(x, t, rate);
    }
};

}  // namespace by_hand
