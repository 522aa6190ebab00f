// SPDX-License-Identifier: BSL-1.0
#pragma once

// Plain loops over arrays, sample by sample.  Weights stand as in × out, so that forward and update run along rows.
// `Style` keeps apart what is compiled with -ffast-math (loops.cpp) from what is not.

#include <algorithm>
#include <memory>

#include "network.hpp"

namespace by_hand {

using benchmark::activation;
using benchmark::error;

enum class style { standard, fast_math };

template <class Net, style Style>
class loops {
    using T = typename Net::value_type;

public:
    static constexpr int weight_at(int l, int o, int i) { return Net::begin(l) + i * Net::out(l) + o; }
    static constexpr int bias_at(int l, int o) { return weight_at(l, o, Net::in(l)); }

    void set(const T* common) {
        benchmark::for_each_weight<Net, loops>([&](int from, int to) { values_->weights[to] = common[from]; });
    }
    void get(T* common) const {
        benchmark::for_each_weight<Net, loops>([&](int to, int from) { common[to] = values_->weights[from]; });
    }
    void get_gradient(T* common) const {
        benchmark::for_each_weight<Net, loops>([&](int to, int from) { common[to] = values_->gradient[from]; });
    }

    /// The mean loss; the mean gradient stays here.
    T gradient(const T* x, const T* t, int batch);
    /// The same, and weights ← weights − rate · gradient.
    T step(const T* x, const T* t, int batch, T rate);

private:
    static constexpr int widest = *std::max_element(Net::widths.begin(), Net::widths.end());
    struct storage {
        alignas(64) T weights[Net::size];
        alignas(64) T gradient[Net::size];
        alignas(64) T outputs[Net::layers][widest];
        alignas(64) T deltas[2][widest];
    };
    std::unique_ptr<storage> values_ = std::make_unique<storage>();

    template <activation A>
    static T apply(T z) {
        if constexpr (A == activation::sigmoid) return 1 / (1 + std::exp(-z));
        if constexpr (A == activation::tanh) return std::tanh(z);
        if constexpr (A == activation::relu) return z > 0 ? z : T(0);
        return z;
    }
    template <activation A>
    static T slope(T y) {  // from the output
        if constexpr (A == activation::sigmoid) return y * (1 - y);
        if constexpr (A == activation::tanh) return 1 - y * y;
        if constexpr (A == activation::relu) return y > 0 ? T(1) : T(0);
        return 1;
    }

    template <bool Update>
    T run(const T* x, const T* t, int batch, T rate);

    template <int L>
    void forward(const T* x) {
        constexpr int in = Net::in(L), out = Net::out(L);
        const T* const w = values_->weights + Net::begin(L);
        T* const y = values_->outputs[L];
        for (int o = 0; o < out; ++o) y[o] = w[in * out + o];
        for (int i = 0; i < in; ++i)
            for (int o = 0; o < out; ++o) y[o] += w[i * out + o] * x[i];
        for (int o = 0; o < out; ++o) y[o] = apply<Net::after(L)>(y[o]);
        if constexpr (L + 1 < Net::layers) forward<L + 1>(y);
    }

    /// The loss of one sample; the derivative by the last layer's sum goes to its delta.
    T compare(const T* t, T factor) {
        constexpr int L = Net::layers - 1, out = Net::outputs;
        const T* const y = values_->outputs[L];
        T* const d = values_->deltas[L % 2];
        T loss = 0;
        if constexpr (Net::loss == error::squared) {
            for (int o = 0; o < out; ++o) loss += (y[o] - t[o]) * (y[o] - t[o]);
            for (int o = 0; o < out; ++o) d[o] = 2 * factor * (y[o] - t[o]) * slope<Net::last>(y[o]);
        } else {
            T highest = y[0], sum = 0, hit = 0;
            for (int o = 1; o < out; ++o) highest = std::max(highest, y[o]);
            for (int o = 0; o < out; ++o) sum += d[o] = std::exp(y[o] - highest);
            for (int o = 0; o < out; ++o) hit += t[o] * y[o];
            for (int o = 0; o < out; ++o) d[o] = factor * (d[o] / sum - t[o]);
            loss = std::log(sum) + highest - hit;
        }
        return loss * factor;
    }

    enum class writing { assign, add, update };

    template <int L, writing W>
    void backward(const T* input, T rate) {
        constexpr int in = Net::in(L), out = Net::out(L);
        const T* const x = L == 0 ? input : values_->outputs[L > 0 ? L - 1 : 0];
        const T* const d = values_->deltas[L % 2];
        if constexpr (L > 0) {
            const T* const w = values_->weights + Net::begin(L);
            T* const before = values_->deltas[(L + 1) % 2];
            for (int i = 0; i < in; ++i) {
                T sum = 0;
                for (int o = 0; o < out; ++o) sum += w[i * out + o] * d[o];
                before[i] = sum * slope<Net::after(L - 1)>(x[i]);
            }
        }
        T* const to = (W == writing::update ? values_->weights : values_->gradient) + Net::begin(L);
        for (int i = 0; i <= in; ++i) {
            const T left = (i < in ? x[i] : 1) * (W == writing::update ? -rate : T(1));
            for (int o = 0; o < out; ++o)
                to[i * out + o] = (W == writing::assign ? T(0) : to[i * out + o]) + left * d[o];
        }
        if constexpr (L > 0) backward<L - 1, W>(input, rate);
    }
};

template <class Net, style Style>
template <bool Update>
typename Net::value_type loops<Net, Style>::run(const T* x, const T* t, int batch, T rate) {
    const T factor = T(1) / static_cast<T>(batch);
    T loss = 0;
    for (int s = 0; s < batch; ++s, x += Net::inputs, t += Net::outputs) {
        forward<0>(x);
        loss += compare(t, factor);
        constexpr int last = Net::layers - 1;
        if constexpr (Update)
            backward<last, writing::update>(x, rate);
        else if (s == 0)
            backward<last, writing::assign>(x, 0);
        else
            backward<last, writing::add>(x, 0);
    }
    return loss;
}

// Not in the class, where they would be inline and compiled with every caller's flags.
template <class Net, style Style>
typename Net::value_type loops<Net, Style>::gradient(const T* x, const T* t, int batch) {
    return run<false>(x, t, batch, 0);
}
template <class Net, style Style>
typename Net::value_type loops<Net, Style>::step(const T* x, const T* t, int batch, T rate) {
    if (batch == 1) return run<true>(x, t, 1, rate);
    const T loss = run<false>(x, t, batch, 0);
    for (int i = 0; i < Net::size; ++i) values_->weights[i] -= rate * values_->gradient[i];
    return loss;
}

extern template class loops<benchmark::n1<float>, style::fast_math>;
extern template class loops<benchmark::n1<double>, style::fast_math>;
extern template class loops<benchmark::n2, style::fast_math>;
extern template class loops<benchmark::n3, style::fast_math>;
extern template class loops<benchmark::n4, style::fast_math>;
extern template class loops<benchmark::n5, style::fast_math>;

}  // namespace by_hand
