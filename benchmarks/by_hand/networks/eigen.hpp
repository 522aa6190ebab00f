// SPDX-License-Identifier: BSL-1.0
#pragma once

// The network in Eigen's matrices, of fixed size or dynamic (and then allocated once); samples are columns.

#include <Eigen/Core>
#include <memory>
#include <tuple>
#include <utility>

#include "network.hpp"

namespace by_hand {

using benchmark::activation;
using benchmark::error;

enum class sizes { fixed, dynamic };

template <class Net, int Batch, sizes Sizes>
class eigen {
    using T = typename Net::value_type;
    template <int Rows, int Columns>
    using matrix = Eigen::Matrix<T, Sizes == sizes::fixed ? Rows : Eigen::Dynamic,
                                 Sizes == sizes::fixed || Columns == 1 ? Columns : Eigen::Dynamic>;
    template <int L>
    struct layer {
        static constexpr int in = Net::in(L), out = Net::out(L);
        matrix<out, in> weight{out, in}, weight_gradient{out, in};
        matrix<out, 1> bias{out}, bias_gradient{out};
        matrix<out, Batch> output{out, Batch}, delta{out, Batch};
    };
    template <std::size_t... L>
    static auto make_layers(std::index_sequence<L...>) -> std::tuple<layer<static_cast<int>(L)>...>;
    using layers = decltype(make_layers(std::make_index_sequence<Net::layers>{}));

    std::unique_ptr<layers> layers_ = std::make_unique<layers>();
    template <int L>
    layer<L>& at() const {
        return std::get<L>(*layers_);
    }
    static constexpr int last = Net::layers - 1;
    using input_map = Eigen::Map<const Eigen::Matrix<T, Sizes == sizes::fixed ? Net::inputs : Eigen::Dynamic,
                                                     Sizes == sizes::fixed || Batch == 1 ? Batch : Eigen::Dynamic>>;
    using target_map = Eigen::Map<const matrix<Net::outputs, Batch>>;
    using rows = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

    template <class F, std::size_t... L>
    void for_each_layer(F f, std::index_sequence<L...>) const {
        (f(std::integral_constant<int, static_cast<int>(L)>{}), ...);
    }
    template <class F>
    void for_each_layer(F f) const {
        for_each_layer(f, std::make_index_sequence<Net::layers>{});
    }

public:
    void set(const T* common) {
        for_each_layer([&](auto l) {
            auto& x = at<l()>();
            const T* const from = common + Net::begin(l);
            x.weight = Eigen::Map<const rows>(from, x.out, x.in);
            x.bias = Eigen::Map<const rows>(from + x.out * x.in, x.out, 1);
        });
    }
    void get(T* common) const {
        for_each_layer([&](auto l) {
            auto& x = at<l()>();
            Eigen::Map<rows>(common + Net::begin(l), x.out, x.in) = x.weight;
            Eigen::Map<rows>(common + Net::begin(l) + x.out * x.in, x.out, 1) = x.bias;
        });
    }
    void get_gradient(T* common) const {
        for_each_layer([&](auto l) {
            auto& x = at<l()>();
            Eigen::Map<rows>(common + Net::begin(l), x.out, x.in) = x.weight_gradient;
            Eigen::Map<rows>(common + Net::begin(l) + x.out * x.in, x.out, 1) = x.bias_gradient;
        });
    }

    T gradient(const T* x, const T* t, int) {
        const input_map input(x, Net::inputs, Batch);
        forward<0>(input);
        const T loss = compare(target_map(t, Net::outputs, Batch));
        backward<last>(input);
        return loss;
    }
    T step(const T* x, const T* t, int batch, T rate) {
        const T loss = gradient(x, t, batch);
        for_each_layer([&](auto l) {
            auto& one = at<l()>();
            one.weight -= rate * one.weight_gradient;
            one.bias -= rate * one.bias_gradient;
        });
        return loss;
    }

private:
    template <int L, class X>
    void forward(const X& x) {
        auto& l = at<L>();
        l.output.noalias() = l.weight * x;
        l.output.colwise() += l.bias;
        constexpr activation f = Net::after(L);
        if constexpr (f == activation::sigmoid) l.output.array() = l.output.array().logistic();
        if constexpr (f == activation::tanh) l.output.array() = l.output.array().tanh();
        if constexpr (f == activation::relu) l.output.array() = l.output.array().max(T(0));
        if constexpr (L < last) forward<L + 1>(l.output);
    }

    template <int L>
    void times_slope() {
        auto& l = at<L>();
        constexpr activation f = Net::after(L);
        if constexpr (f == activation::sigmoid) l.delta.array() *= l.output.array() * (1 - l.output.array());
        if constexpr (f == activation::tanh) l.delta.array() *= 1 - l.output.array().square();
        if constexpr (f == activation::relu) l.delta.array() *= (l.output.array() > 0).template cast<T>();
    }

    T compare(const target_map& t) {
        auto& l = at<last>();
        constexpr T factor = T(1) / Batch;
        if constexpr (Net::loss == error::squared) {
            l.delta = l.output - t;
            const T loss = l.delta.squaredNorm() * factor;
            l.delta *= 2 * factor;
            times_slope<last>();
            return loss;
        } else {
            T loss = 0;
            for (int s = 0; s < Batch; ++s) {
                const T highest = l.output.col(s).maxCoeff();
                l.delta.col(s) = (l.output.col(s).array() - highest).exp();
                const T sum = l.delta.col(s).sum();
                loss += std::log(sum) + highest - l.output.col(s).dot(t.col(s));
                l.delta.col(s) = (l.delta.col(s) / sum - t.col(s)) * factor;
            }
            return loss * factor;
        }
    }

    template <int L, class X>
    void backward(const X& x) {
        auto& l = at<L>();
        l.bias_gradient = l.delta.rowwise().sum();
        if constexpr (L > 0) {
            auto& before = at<L - 1>();
            l.weight_gradient.noalias() = l.delta * before.output.transpose();
            before.delta.noalias() = l.weight.transpose() * l.delta;
            times_slope<L - 1>();
            backward<L - 1>(x);
        } else {
            l.weight_gradient.noalias() = l.delta * x.transpose();
        }
    }
};

}  // namespace by_hand
