// SPDX-License-Identifier: BSL-1.0
#pragma once

// Several vectors as one, and the number of a class as a vector.

#include <chainfold/expression/function.hpp>

namespace chainfold {

/// The vector of n that is 1 at position k and 0 elsewhere, for a scalar k: 0, 1, …, n − 1.  All zeros for any other k.
template <std::size_t N, hash_value K>
    requires(N > 0)
constexpr make_expression<one_hot_op, 0, extents<N>, expression<K, extents<>>> one_hot(expression<K, extents<>>) {
    return {};
}
template <std::size_t>
constexpr poison one_hot(const poison&) {
    return {};
}
template <std::size_t N, hash_value K, class S>
    requires(S::rank > 0)
CHAINFOLD_MISTAKE(one_hot_of_no_scalar<S> one_hot(expression<K, S>))

namespace detail {

template <class... S>
constexpr auto offsets_of_parts() {
    std::array<std::size_t, sizeof...(S) + 1> offsets{};
    std::size_t i = 0;
    ((offsets[i + 1] = offsets[i] + S::size, ++i), ...);
    return offsets;
}
template <class First, class... Rest>
inline constexpr bool are_alike = (std::is_same_v<First, Rest> && ...);

/// Vectors of one length are the rows of a matrix; others are put into zeros and added.
template <class... X>
constexpr auto concatenated(X... x) {
    if constexpr (are_alike<typename X::shape_type...>) {
        return flatten(stack(x...));
    } else {
        constexpr auto offsets = offsets_of_parts<typename X::shape_type...>();
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (embed<offsets[I], offsets.back()>(x) + ...);
        }(std::index_sequence_for<X...>{});
    }
}

template <class... X>
struct concat_mistake {};
template <hash_value... K, class... S>
    requires((S::rank > 1) || ...)
struct concat_mistake<expression<K, S>...> {
    using type = concat_of_no_vectors<S...>;
};
template <class... X>
    requires mixes_plain_values<X...>
struct concat_mistake<X...> : first_plain<X...> {};

}  // namespace detail

/// The entries of vectors (and scalars) one after another, as one vector.
template <hash_value... K, class... S>
    requires(sizeof...(K) > 0 && ((S::rank < 2) && ...))
constexpr auto concat(expression<K, S>... x) {
    return detail::concatenated(x...);
}
template <class... X>
    requires Poisoned<X...>
constexpr poison concat(const X&...) {
    return {};
}
template <class... X>
CHAINFOLD_MISTAKE(typename detail::concat_mistake<X...>::type concat(X...))

}  // namespace chainfold
