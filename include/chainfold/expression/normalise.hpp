// SPDX-License-Identifier: BSL-1.0
#pragma once

// A vector brought to a standard size.  ε keeps the quotient finite where all entries are equal.

#include <chainfold/expression/function.hpp>

namespace chainfold {

namespace detail {
using small = constant<number{1, 1, -5}>;
template <class X>
inline constexpr bool is_vector = false;
template <hash_value K, std::size_t N>
inline constexpr bool is_vector<expression<K, extents<N>>> = true;
template <class X>
concept VectorArgument = Poisoned<X> || is_vector<X>;
}  // namespace detail

/// (x − x̄) / √(σ² + ε) with the mean x̄ and the variance σ² = Σ (xₖ − x̄)² / n of the vector's own entries (Ba et al.
/// 2016); ε is 1e-5 if not given.
template <detail::VectorArgument X, ScalarArgument Epsilon = detail::small>
constexpr auto layer_norm(X x, Epsilon epsilon = {}) {
    const auto centred = x - mean(x);
    return centred / sqrt(mean(square(centred)) + epsilon);
}
/// x / √(Σ xₖ² / n + ε) (Zhang and Sennrich 2019); ε is 1e-5 if not given.
template <detail::VectorArgument X, ScalarArgument Epsilon = detail::small>
constexpr auto rms_norm(X x, Epsilon epsilon = {}) {
    return x / sqrt(mean(square(x)) + epsilon);
}

template <Expression X, class... Epsilon>
    requires(X::shape_type::rank != 1)
CHAINFOLD_MISTAKE(normalisation_of_no_vector<typename X::shape_type> layer_norm(X, Epsilon...))
template <Expression X, class... Epsilon>
    requires(X::shape_type::rank != 1)
CHAINFOLD_MISTAKE(normalisation_of_no_vector<typename X::shape_type> rms_norm(X, Epsilon...))
template <detail::VectorArgument X, PlainNumber Epsilon>
CHAINFOLD_MISTAKE(plain_number<Epsilon> layer_norm(X, Epsilon))
template <detail::VectorArgument X, PlainNumber Epsilon>
CHAINFOLD_MISTAKE(plain_number<Epsilon> rms_norm(X, Epsilon))
template <detail::VectorArgument X, NoScalar Epsilon>
CHAINFOLD_MISTAKE(setting_of_no_scalar<typename Epsilon::shape_type> layer_norm(X, Epsilon))
template <detail::VectorArgument X, NoScalar Epsilon>
CHAINFOLD_MISTAKE(setting_of_no_scalar<typename Epsilon::shape_type> rms_norm(X, Epsilon))

}  // namespace chainfold
