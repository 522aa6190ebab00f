// SPDX-License-Identifier: BSL-1.0
#pragma once

// Layers that bring a vector of N to a standard size, then scale and shift it by weights that start at 1 and 0.

#include <chainfold/expression/normalise.hpp>
#include <chainfold/nn/batch_symbol.hpp>
#include <chainfold/nn/broken_chain.hpp>

namespace chainfold::nn {

namespace detail {
/// Numbers with the suffix _c.
template <auto... N>
concept ExactNumbers = (Expression<decltype(N)> && ...);

/// Number I of those given, or another if there are not so many.
template <std::size_t I, auto... N>
struct number_at {
    template <class Otherwise>
    using or_else = Otherwise;
};
template <auto First, auto... Rest>
struct number_at<0, First, Rest...> {
    template <class>
    using or_else = std::remove_const_t<decltype(First)>;
};
template <std::size_t I, auto First, auto... Rest>
    requires(I > 0)
struct number_at<I, First, Rest...> : number_at<I - 1, Rest...> {};
}  // namespace detail

/// Mean 0 and variance 1 over the entries of each sample (Ba et al. 2016), then weight ∘ x + bias.  A number besides N,
/// such as 1e-6_c, is ε.
template <std::size_t N, auto... Epsilon>
    requires(sizeof...(Epsilon) < 2)
struct layer_norm {
    static constexpr auto input_shape = shape<N>;
    static constexpr double initial_value(std::string_view name) { return name == "weight" ? 1 : 0; }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Epsilon...>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        return hadamard(weight<"weight", N>(s), chainfold::layer_norm(x, Epsilon...)) + weight<"bias", N>(s);
    }
    template <class X, class Scope, class Position>
    using mistake = detail::wrong_number<layer_norm>;
};

/// Mean square 1 over the entries of each sample (Zhang and Sennrich 2019), times a weight.  A number besides N is ε.
template <std::size_t N, auto... Epsilon>
    requires(sizeof...(Epsilon) < 2)
struct rms_norm {
    static constexpr auto input_shape = shape<N>;
    static constexpr double initial_value(std::string_view) { return 1; }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Epsilon...>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        return hadamard(weight<"weight", N>(s), chainfold::rms_norm(x, Epsilon...));
    }
    template <class X, class Scope, class Position>
    using mistake = detail::wrong_number<rms_norm>;
};

/// Mean 0 and variance 1 of each entry over the samples of a batch (Ioffe and Szegedy 2015), then weight ∘ x + bias.
/// In training the batch's own moments count, and the states running_mean and running_var follow them; otherwise the
/// states count, and each sample stands for itself.  Numbers besides N are how fast the states follow, 0.1 if not given,
/// and ε.
template <std::size_t N, auto... Numbers>
    requires(sizeof...(Numbers) < 3)
struct batch_norm {
    static constexpr auto input_shape = shape<N>;
    static constexpr double initial_value(std::string_view name) {
        return name == "weight" || name == "running_var" ? 1 : 0;
    }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Numbers...>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        return standardised(x, moments{state<"running_mean", N>(s), state<"running_var", N>(s)}, s);
    }
    template <fixed_string Prefix>
        requires detail::ExactNumbers<Numbers...>
    constexpr auto operator()(auto x, training_scope<Prefix> s) const {
        using momentum = typename detail::number_at<0, Numbers...>::template or_else<constant<number{1, 1, -1}>>;
        return standardised(x, batch_moments<momentum{}>(x, s), s);
    }
    template <class X, class Scope, class Position>
    using mistake = detail::wrong_number<batch_norm>;

private:
    // The factor is the same for all samples of a batch.
    template <fixed_string Prefix>
    static constexpr auto standardised(auto x, auto of_batch, scope<Prefix> s) {
        using epsilon = typename detail::number_at<1, Numbers...>::template or_else<chainfold::detail::small>;
        const auto factor = weight<"weight", N>(s) / sqrt(of_batch.variance + epsilon{});
        return hadamard(x - of_batch.mean, factor) + weight<"bias", N>(s);
    }
};

}  // namespace chainfold::nn
