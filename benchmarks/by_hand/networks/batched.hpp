// SPDX-License-Identifier: BSL-1.0
#pragma once

// A network for a batch whose size is known, all samples of a layer at once: wide hidden layers, one narrow output.
//
//     weights of a wide layer     panels of out: Wᵀ, in × panel width                     (product.hpp)
//     outputs of a wide layer     samples × in, rows a little longer, so that they do not collide in the cache
//     derivatives by its sums     panels of out: samples × panel width
//     weights of the last layer   out × in;  its sums: samples × lanes
//
// Bias, activation and slope happen where a product leaves the registers; so does the update, and the step has no
// gradient in memory.

#include <algorithm>
#include <memory>

#include "by_hand/networks/layer_end.hpp"
#include "by_hand/networks/product.hpp"

namespace by_hand {

template <class Net, int Batch>
class batched {
    using T = typename Net::value_type;
    static constexpr int lanes = native_lanes<T>, width = panel_width<T>, last = Net::layers - 1;
    static constexpr int row_of(int l) { return l < 0 ? Net::inputs : Net::out(l) + lanes; }  // of layer l's outputs
    static_assert(Net::outputs <= lanes && Net::last == activation::none);

public:
    static constexpr int weight_at(int l, int o, int i) {
        if (l == last) return Net::begin(l) + o * Net::in(l) + i;
        return Net::begin(l) + o / width * (width * Net::in(l)) + i * width + o % width;
    }
    static constexpr int bias_at(int l, int o) { return Net::begin(l) + Net::in(l)*Net::out(l) + o; }

    void set(const T* common) {
        benchmark::for_each_weight<Net, batched>([&](int from, int to) { values_->weights[to] = common[from]; });
    }
    void get(T* common) const {
        benchmark::for_each_weight<Net, batched>([&](int to, int from) { common[to] = values_->weights[from]; });
    }
    void get_gradient(T* common) const {
        benchmark::for_each_weight<Net, batched>([&](int to, int from) { common[to] = values_->gradient[from]; });
    }

    T gradient(const T* x, const T* t, int) { return run<false>(x, t, 0); }
    T step(const T* x, const T* t, int, T rate) { return run<true>(x, t, rate); }

private:
    using V = vec<T, lanes>;
    static constexpr int widest = *std::max_element(Net::widths.begin() + 1, Net::widths.end());
    struct storage {
        alignas(64) T weights[Net::size];
        alignas(64) T gradient[Net::size];
        alignas(64) T outputs[last][Batch * (widest + lanes)];
        alignas(64) T deltas[2][Batch * widest];
        alignas(64) T scores[Batch * lanes];  // of the last layer; then the derivative by them
        alignas(64) T panel[std::max(widest, Batch) * width];
    };
    std::unique_ptr<storage> values_ = std::make_unique<storage>();

    template <bool Step>
    INLINE void write(int at, V product, T rate) {
        if constexpr (Step)
            store(values_->weights + at, load<V>(values_->weights + at) - product * rate);
        else
            store(values_->gradient + at, product);
    }

    template <int L>
    void forward(const T* x) {
        constexpr int in = Net::in(L), out = Net::out(L), row = row_of(L);
        const T* const w = values_->weights + Net::begin(L);
        for (int p = 0; p < out; p += width)
            product_panel<by_rows<row_of(L - 1), in>, Batch, in>(x, w + p * in, [&](int i, auto& c) {
                const V bias[] = {load<V>(w + in * out + p), load<V>(w + in * out + p + lanes)};
                T* to = values_->outputs[L] + i * row + p;
                for (auto& sums : c.sums) {
                    store(to, apply<Net::hidden>(sums[0] + bias[0]));
                    store(to + lanes, apply<Net::hidden>(sums[1] + bias[1]));
                    to += row;
                }
            });
    }

    /// The narrow layer's weights become one panel of a single vector, out padded by zeros.
    T forward_last(const T* x, const T* t) {
        constexpr int in = Net::in(last), out = Net::outputs;
        const T* const w = values_->weights + Net::begin(last);
        for (int i = 0; i < in; i += lanes) {
            V rows[lanes] = {};
            UNROLL
            for (int o = 0; o < out; ++o) rows[o] = load<V>(w + o * in + i);
            transpose(rows);
            UNROLL
            for (int r = 0; r < lanes; ++r) store(values_->panel + (i + r) * lanes, rows[r]);
        }
        const V bias = load_first<V, out>(w + in * out);
        T loss = 0;
        product_panel<by_rows<row_of(last - 1), in>, Batch, in, 1>(x, values_->panel, [&](int i, auto& c) {
            for (auto& sums : c.sums) {
                V z = sums[0] + bias;
                loss += compare<Net>(z, t + i * out, T(1) / Batch);
                store(values_->scores + i++ * lanes, z);
            }
        });
        return loss;
    }

    /// Multiplies by the slope on the way to a layer's delta panel, and sums up what its biases get.
    template <int L>
    auto write_delta(int p, V* bias) {
        return [this, p, bias](int i, auto& c) {
            const T* a = values_->outputs[L] + i * row_of(L) + p;
            T* to = values_->deltas[L % 2] + p * Batch + i * width;
            V total[2] = {};
            for (auto& sums : c.sums) {
                UNROLL
                for (int v = 0; v < 2; ++v) {
                    const V d = times_slope<Net::hidden>(sums[v], load<V>(a + v * lanes));
                    store(to + v * lanes, d);
                    total[v] += d;
                }
                a += row_of(L), to += width;
            }
            bias[0] += total[0], bias[1] += total[1];
        };
    }

    template <bool Step>
    void backward_last(const T* a, T rate) {
        constexpr int in = Net::in(last), out = Net::outputs, begin = Net::begin(last);
        const T* const w = values_->weights + begin;
        const T* const d = values_->scores;
        for (int p = 0; p < in; p += width) {
            V bias[2] = {};
            for (int k = 0; k < out; ++k)
                for (int v = 0; v < width; v += lanes)
                    store(values_->panel + k * width + v, load<V>(w + k * in + p + v));
            product_panel<by_rows<lanes, out>, Batch, out>(d, values_->panel, write_delta<last - 1>(p, bias));
            write_bias<last - 1, Step>(p, bias, rate);
            // The outputs' columns as a panel.
            for (int s = 0; s < Batch; ++s)
                for (int v = 0; v < width; v += lanes)
                    store(values_->panel + s * width + v, load<V>(a + s * row_of(last - 1) + p + v));
            product_panel<by_columns<lanes, Batch>, out, Batch>(d, values_->panel, [&](int i, auto& c) {
                for (auto& sums : c.sums) {
                    UNROLL
                    for (int v = 0; v < 2; ++v) write<Step>(begin + i * in + p + v * lanes, sums[v], rate);
                    ++i;
                }
            });
        }
        V sums[4] = {};
        for (int s = 0; s < Batch; s += 4) UNROLL
        for (int k = 0; k < 4; ++k) sums[k] += load<V>(d + (s + k) * lanes);
        const V sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (int o = 0; o < out; ++o)
            if constexpr (Step)
                values_->weights[begin + out * in + o] -= rate * sum[o];
            else
                values_->gradient[begin + out * in + o] = sum[o];
    }

    template <int L, bool Step>
    void write_bias(int p, const V* sums, T rate) {
        constexpr int at = Net::begin(L) + Net::in(L)*Net::out(L);
        UNROLL
        for (int v = 0; v < 2; ++v) write<Step>(at + p + v * lanes, sums[v], rate);
    }

    template <int L, bool Step>
    void backward(const T* x, T rate) {
        constexpr int in = Net::in(L), out = Net::out(L);
        const T* const d = values_->deltas[L % 2];
        if constexpr (L > 0) {
            // The bias of the layer before is written before its weights are read for the last time: it is not read.
            for (int p = 0; p < in; p += width) {
                V bias[2] = {};
                transposed_panel<in, out>(values_->panel, values_->weights + Net::begin(L), p);
                product_panel<left<width, 1, width, Batch * width>, Batch, out>(d, values_->panel,
                                                                                write_delta<L - 1>(p, bias));
                write_bias<L - 1, Step>(p, bias, rate);
            }
        }
        const T* const inputs = L == 0 ? x : values_->outputs[L > 0 ? L - 1 : 0];
        for (int p = 0; p < out; p += width)
            product_panel<by_columns<row_of(L - 1), Batch>, in, Batch>(inputs, d + p * Batch, [&](int i, auto& c) {
                int at = Net::begin(L) + p * in + i * width;
                for (auto& sums : c.sums) {
                    UNROLL
                    for (int v = 0; v < 2; ++v) write<Step>(at + v * lanes, sums[v], rate);
                    at += width;
                }
            });
        if constexpr (L > 0) backward<L - 1, Step>(x, rate);
    }

    template <int L>
    void forward_all(const T* x) {
        forward<L>(x);
        if constexpr (L + 1 < last) forward_all<L + 1>(values_->outputs[L]);
    }

    template <bool Step>
    [[gnu::noinline]] T run(const T* x, const T* t, T rate) {
        forward_all<0>(x);
        const T loss = forward_last(values_->outputs[last - 1], t);
        backward_last<Step>(values_->outputs[last - 1], rate);
        backward<last - 1, Step>(x, rate);
        return loss;
    }
};

}  // namespace by_hand
