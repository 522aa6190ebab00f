// SPDX-License-Identifier: BSL-1.0
#pragma once

// Losses: functions of a prediction and a target of the same shape, giving a scalar.

#include <chainfold/expression/function.hpp>

namespace chainfold {

namespace detail {
template <class A, class B>
inline constexpr bool same_shape = false;
template <hash_value K, hash_value L, class S>
inline constexpr bool same_shape<expression<K, S>, expression<L, S>> = true;

template <class A, class B>
struct loss_mistake {};
template <hash_value K, hash_value L, class S, class R>
    requires(!std::is_same_v<S, R>)
struct loss_mistake<expression<K, S>, expression<L, R>> {
    using type = loss_mismatch<S, R>;
};
template <class A, class B>
    requires mixes_plain_values<A, B>
struct loss_mistake<A, B> : first_plain<A, B> {};
}  // namespace detail

/// A prediction and a target that a loss accepts.
template <class A, class B>
concept Comparable = Poisoned<A, B> || detail::same_shape<A, B>;
/// The verdict on those that it does not.
template <class A, class B>
using loss_mistake = typename detail::loss_mistake<A, B>::type;

/// Σ (y − t)².
template <class Y, class T>
    requires Comparable<Y, T>
constexpr auto squared_error(Y y, T t) {
    return sum(square(y - t));
}
/// Σ (y − t)² / n.
template <class Y, class T>
    requires Comparable<Y, T>
constexpr auto mean_squared_error(Y y, T t) {
    return mean(square(y - t));
}
/// −Σ tₖ ln softmax(z)ₖ from logits z, for a target t that is a distribution (its entries sum to 1), as
/// log_sum_exp(z) − ⟨t, z⟩.  Its derivative by z is softmax(z) − t.
template <class Z, class T>
    requires Comparable<Z, T>
constexpr auto cross_entropy(Z z, T t) {
    return log_sum_exp(z) - dot(t, z);
}
/// −Σ (tₖ ln pₖ + (1 − tₖ) ln(1 − pₖ)) with p = sigmoid(z), from logits z, as Σ softplus(z) − t z.
/// Its derivative by z is sigmoid(z) − t.
template <class Z, class T>
    requires Comparable<Z, T>
constexpr auto binary_cross_entropy(Z z, T t) {
    return sum(softplus(z) - hadamard(t, z));
}

template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> squared_error(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> mean_squared_error(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> cross_entropy(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> binary_cross_entropy(Y, T))

}  // namespace chainfold
