// SPDX-License-Identifier: BSL-1.0
#pragma once

// chainfold's contestant: the network as a user writes it.

#include <algorithm>
#include <span>

#include <chainfold/chainfold.hpp>

#include "network.hpp"

namespace benchmark {

namespace cf = chainfold;
namespace nn = chainfold::nn;

template <class E, class... W>
constexpr auto value_and_gradient_by(E loss, nn::weight_list<W...>) {
    return cf::value_and_gradient(loss, W{}...);
}

template <class E, class... W>
constexpr auto descent_by(E loss, nn::weight_list<W...>) {
    return cf::gradient_descent(loss, W{}...);
}

/// A model (an nn::sequential) with a loss.
template <class Model, class Loss>
class chainfold_network {
    using T = typename Model::value_type;
    using weights = typename Model::weights;
    static constexpr typename Model::input_type input{};
    static constexpr typename Model::target_type target{};
    static constexpr std::size_t inputs = Model::input_shape.size, outputs = Model::output_shape.size;

public:
    void set(const T* common) { std::copy_n(common, Model::size(), model_.data()); }
    void get(T* common) const { std::copy_n(model_.data(), Model::size(), common); }
    void get_gradient(T* common) const { std::copy_n(gradient_, Model::size(), common); }

    T gradient(const T* x, const T* t, int batch) {
        const auto result = weights::with(model_.data(), [&](const auto&... bound) {
            if (batch == 1)
                return program_(input = std::span<const T, inputs>(x, inputs),
                                target = std::span<const T, outputs>(t, outputs), bound...);
            const auto samples = static_cast<std::size_t>(batch);
            return program_(input = cf::batch(std::span(x, samples * inputs)),
                            target = cf::batch(std::span(t, samples * outputs)), bound...);
        });
        gradient_ = result.gradient.data();
        return result.value;
    }

    T step(const T* x, const T* t, int batch, T rate) {
        return weights::in_place(model_.data(), [&](const auto&... moved) {
            if (batch == 1)
                return descent_(input = std::span<const T, inputs>(x, inputs),
                                target = std::span<const T, outputs>(t, outputs), cf::learning_rate = rate, moved...);
            const auto samples = static_cast<std::size_t>(batch);
            return descent_(input = cf::batch(std::span(x, samples * inputs)),
                            target = cf::batch(std::span(t, samples * outputs)), cf::learning_rate = rate, moved...);
        });
    }

private:
    Model model_;
    decltype(cf::compile<T>(value_and_gradient_by(nn::loss_expression<Model>(Loss{}), weights{}))) program_;
    decltype(cf::compile<T>(descent_by(nn::loss_expression<Model>(Loss{}), weights{}))) descent_;
    const T* gradient_ = nullptr;
};

}  // namespace benchmark
