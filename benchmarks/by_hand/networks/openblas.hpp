// SPDX-License-Identifier: BSL-1.0
#pragma once

// A network for a batch: the products are OpenBLAS' (one thread), the rest is vectors.  Samples are rows.

#include <cblas.h>

#include <algorithm>
#include <memory>

#include "by_hand/networks/layer_end.hpp"

namespace by_hand {

template <class Net, int Batch>
class openblas {
    using T = float;
    static_assert(std::is_same_v<typename Net::value_type, float>);
    static constexpr int lanes = native_lanes<T>, last = Net::layers - 1;
    using V = vec<T, lanes>;

public:
    openblas() { openblas_set_num_threads(1); }
    void set(const T* common) { std::copy_n(common, Net::size, values_->weights); }
    void get(T* common) const { std::copy_n(values_->weights, Net::size, common); }
    void get_gradient(T* common) const { std::copy_n(values_->gradient, Net::size, common); }

    T gradient(const T* x, const T* t, int) {
        forward<0>(x);
        const T loss = compare(t);
        backward<last>(x);
        return loss;
    }
    T step(const T* x, const T* t, int batch, T rate) {
        const T loss = gradient(x, t, batch);
        for (int i = 0; i < Net::size; ++i) values_->weights[i] -= rate * values_->gradient[i];
        return loss;
    }

private:
    static constexpr int widest = *std::max_element(Net::widths.begin() + 1, Net::widths.end());
    struct storage {
        alignas(64) T weights[Net::size];
        alignas(64) T gradient[Net::size];
        alignas(64) T outputs[Net::layers][Batch * widest];
        alignas(64) T deltas[2][Batch * widest];
    };
    std::unique_ptr<storage> values_ = std::make_unique<storage>();

    template <int L>
    void forward(const T* x) {
        constexpr int in = Net::in(L), out = Net::out(L);
        const T* const w = values_->weights + Net::begin(L);
        T* const y = values_->outputs[L];
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, Batch, out, in, 1, x, in, w, in, 0, y, out);
        if constexpr (L < last) {
            for (int s = 0; s < Batch; ++s)
                for (int j = 0; j < out; j += lanes) {
                    T* const place = y + s * out + j;
                    store(place, apply<Net::hidden>(load<V>(place) + load<V>(w + in * out + j)));
                }
            forward<L + 1>(y);
        }
    }

    T compare(const T* t) {
        constexpr int in = Net::in(last), out = Net::outputs;
        const V bias = load_first<V, out>(values_->weights + Net::begin(last) + in * out);
        T loss = 0;
        for (int s = 0; s < Batch; ++s) {
            V z = load_first<V, out>(values_->outputs[last] + s * out) + bias;
            loss += by_hand::compare<Net>(z, t + s * out, T(1) / Batch);
            T row[static_cast<std::size_t>(lanes)];
            store(row, z);
            std::copy_n(row, out, values_->deltas[last % 2] + s * out);
        }
        return loss;
    }

    template <int L>
    void backward(const T* input) {
        constexpr int in = Net::in(L), out = Net::out(L);
        const T* const w = values_->weights + Net::begin(L);
        T* const g = values_->gradient + Net::begin(L);
        const T* const x = L == 0 ? input : values_->outputs[L > 0 ? L - 1 : 0];
        const T* const d = values_->deltas[L % 2];
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, out, in, Batch, 1, d, out, x, in, 0, g, in);
        T* const bias = g + in * out;
        if constexpr (out % lanes == 0) {
            for (int j = 0; j < out; j += lanes) {
                V sum{};
                for (int s = 0; s < Batch; ++s) sum += load<V>(d + s * out + j);
                store(bias + j, sum);
            }
        } else {
            std::fill_n(bias, out, T(0));
            for (int s = 0; s < Batch; ++s)
                for (int o = 0; o < out; ++o) bias[o] += d[s * out + o];
        }
        if constexpr (L > 0) {
            T* const before = values_->deltas[(L + 1) % 2];
            cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, Batch, in, out, 1, d, out, w, in, 0, before, in);
            for (int i = 0; i < Batch * in; i += lanes)
                store(before + i, times_slope<Net::hidden>(load<V>(before + i), load<V>(x + i)));
            backward<L - 1>(input);
        }
    }
};

}  // namespace by_hand
