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

    T gradient(const T* x, const T* t, int batch) { return gradient_by(program_, x, t, batch); }
    T step(const T* x, const T* t, int batch, T rate) { return step_by(descent_, x, t, batch, rate); }

    /// The same with several threads.
    T gradient(const T* x, const T* t, int batch, cf::team& members, cf::sharing how) {
        return gradient_by(program_.on(members, how), x, t, batch);
    }
    T step(const T* x, const T* t, int batch, T rate, cf::team& members, cf::sharing how) {
        return step_by(descent_.on(members, how), x, t, batch, rate);
    }

private:
    T gradient_by(auto&& program, const T* x, const T* t, int batch) {
        const auto result = weights::with(model_.data(), [&](const auto&... bound) {
            if (batch == 1)
                return program(input = std::span<const T, inputs>(x, inputs),
                                target = std::span<const T, outputs>(t, outputs), bound...);
            const auto samples = static_cast<std::size_t>(batch);
            return program(input = cf::batch(std::span(x, samples * inputs)),
                            target = cf::batch(std::span(t, samples * outputs)), bound...);
        });
        gradient_ = result.gradient.data();
        return result.value;
    }

    T step_by(auto&& descent, const T* x, const T* t, int batch, T rate) {
        return weights::in_place(model_.data(), [&](const auto&... moved) {
            if (batch == 1)
                return descent(input = std::span<const T, inputs>(x, inputs),
                                target = std::span<const T, outputs>(t, outputs), cf::learning_rate = rate, moved...);
            const auto samples = static_cast<std::size_t>(batch);
            return descent(input = cf::batch(std::span(x, samples * inputs)),
                            target = cf::batch(std::span(t, samples * outputs)), cf::learning_rate = rate, moved...);
        });
    }

    Model model_;
    decltype(cf::compile<T>(value_and_gradient_by(nn::loss_expression<Model>(Loss{}), weights{}))) program_;
    decltype(cf::compile<T>(descent_by(nn::loss_expression<Model>(Loss{}), weights{}))) descent_;
    const T* gradient_ = nullptr;
};

}  // namespace benchmark
