// SPDX-License-Identifier: BSL-1.0
#pragma once

// chainfold's contestant: the network as a user writes it.

#include <algorithm>
#include <span>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "contest.hpp"
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

/// A model (an nn::sequential) with a loss, for batches of Batch samples; of 0: of any number.
template <int Batch, class Model, class Loss>
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

    INLINED T gradient(const T* x, const T* t, int batch) { return gradient_by(program_, x, t, batch); }
    INLINED T step(const T* x, const T* t, int batch, T rate) { return step_by(descent_, x, t, batch, rate); }

    /// The same with several threads.
    T gradient(const T* x, const T* t, int batch, cf::team& members, cf::sharing how) {
        return gradient_by(program_.on(members, how), x, t, batch);
    }
    T step(const T* x, const T* t, int batch, T rate, cf::team& members, cf::sharing how) {
        return step_by(descent_.on(members, how), x, t, batch, rate);
    }

private:
    INLINED T gradient_by(auto&& program, const T* x, const T* t, int batch) {
        const auto result = [&]() INLINED {
            if constexpr (Batch == 1)
                return program(input = one<inputs>(x), target = one<outputs>(t), bound());
            else
                return program(input = many<inputs>(x, batch), target = many<outputs>(t, batch), bound());
        }();
        gradient_ = result.gradient.data();
        return result.value;
    }

    INLINED T step_by(auto&& descent, const T* x, const T* t, int batch, T rate) {
        const auto moved = weights::in_place(model_.data());
        if constexpr (Batch == 1)
            return descent(input = one<inputs>(x), target = one<outputs>(t), cf::learning_rate = rate, moved);
        else
            return descent(input = many<inputs>(x, batch), target = many<outputs>(t, batch), cf::learning_rate = rate,
                           moved);
    }

    auto bound() const { return weights::bound(model_.data()); }
    template <std::size_t Size>
    static std::span<const T, Size> one(const T* sample) {
        return std::span<const T, Size>(sample, Size);
    }
    template <std::size_t Size>
    static auto many(const T* samples, int batch) {
        return cf::batch(std::span(samples, Size * static_cast<std::size_t>(batch)));
    }

    Model model_;
    decltype(cf::compile<T>(value_and_gradient_by(nn::loss_expression<Model>(Loss{}), weights{}))) program_;
    decltype(cf::compile<T>(descent_by(nn::loss_expression<Model>(Loss{}), weights{}))) descent_;
    const T* gradient_ = nullptr;
};

/// The same for one sample, with matrices in an order of its own, which is that of Layout.
template <class Net, class Layout, class Model, class Loss>
class chainfold_network_in_order : public chainfold_network<1, Model, Loss> {
    using T = typename Model::value_type;
    using usual = chainfold_network<1, Model, Loss>;
    static constexpr std::size_t size = Model::size();

public:
    void set(const T* common) {
        std::vector<T> own(size);
        for_each_weight<Net, Layout>([&](int from, int to) { own[at(to)] = common[from]; });
        usual::set(own.data());
    }
    void get(T* common) const {
        std::vector<T> own(size);
        usual::get(own.data());
        in_common_order(own, common);
    }
    void get_gradient(T* common) const {
        std::vector<T> own(size);
        usual::get_gradient(own.data());
        in_common_order(own, common);
    }

private:
    static std::size_t at(int position) { return static_cast<std::size_t>(position); }
    static void in_common_order(const std::vector<T>& own, T* common) {
        for_each_weight<Net, Layout>([&](int to, int from) { common[to] = own[at(from)]; });
    }
};

}  // namespace benchmark
