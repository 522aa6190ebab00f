// SPDX-License-Identifier: BSL-1.0
#pragma once

// Layers that bring a vector of N to a standard size, then scale and shift it by weights that start at 1 and 0.

#include <chainfold/expression/normalise.hpp>
#include <chainfold/nn/batch_symbol.hpp>
#include <chainfold/nn/broken_chain.hpp>

namespace chainfold::nn {

namespace detail {
using ten_percent = constant<number{1, 1, -1}>;
using small = chainfold::detail::small;
/// Numbers with the suffix _c.
template <auto... N>
concept ExactNumbers = (Expression<decltype(N)> && ...);
}  // namespace detail

/// Mean 0 and variance 1 over the entries of each sample (Ba et al. 2016), then weight ∘ x + bias.  ε is a number such
/// as 1e-6_c.
template <std::size_t N, auto Epsilon = detail::small{}>
struct layer_norm {
    static constexpr auto input_shape = shape<N>;
    static constexpr double initial_value(std::string_view name) { return name == "weight" ? 1 : 0; }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Epsilon>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        return hadamard(weight<"weight", N>(s), chainfold::layer_norm(x, Epsilon)) + weight<"bias", N>(s);
    }
    template <class X, class Scope, class Position>
    using mistake = detail::wrong_number<layer_norm>;
};

/// Mean square 1 over the entries of each sample (Zhang and Sennrich 2019), times a weight.
template <std::size_t N, auto Epsilon = detail::small{}>
struct rms_norm {
    static constexpr auto input_shape = shape<N>;
    static constexpr double initial_value(std::string_view) { return 1; }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Epsilon>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        return hadamard(weight<"weight", N>(s), chainfold::rms_norm(x, Epsilon));
    }
    template <class X, class Scope, class Position>
    using mistake = detail::wrong_number<rms_norm>;
};

/// Mean 0 and variance 1 of each entry over the samples of a batch (Ioffe and Szegedy 2015), then weight ∘ x + bias.
/// In training the batch's own moments count, and the states running_mean and running_var follow them by `Momentum`;
/// otherwise the states count, and each sample stands for itself.
template <std::size_t N, auto Momentum = detail::ten_percent{}, auto Epsilon = detail::small{}>
struct batch_norm {
    static constexpr auto input_shape = shape<N>;
    static constexpr double initial_value(std::string_view name) {
        return name == "weight" || name == "running_var" ? 1 : 0;
    }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Momentum, Epsilon>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        return standardised(x, moments{state<"running_mean", N>(s), state<"running_var", N>(s)}, s);
    }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Momentum, Epsilon>
    constexpr auto operator()(auto x, training_scope<Prefix> s) const {
        return standardised(x, batch_moments<Momentum>(x, s), s);
    }
    template <class X, class Scope, class Position>
    using mistake = detail::wrong_number<batch_norm>;

private:
    // The quotient is the same for all samples of a batch.
    template <fixed_string Prefix>
    static constexpr auto standardised(auto x, auto of_batch, scope<Prefix> s) {
        const auto factor = weight<"weight", N>(s) / sqrt(of_batch.variance + Epsilon);
        return hadamard(x - of_batch.mean, factor) + weight<"bias", N>(s);
    }
};

}  // namespace chainfold::nn
