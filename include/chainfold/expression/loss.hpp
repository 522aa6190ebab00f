// SPDX-License-Identifier: BSL-1.0
#pragma once

// Losses: functions of a prediction and a target that give a scalar.  The target has the prediction's shape; where the
// prediction is a vector of scores, one for each class, it may also be a scalar, the number of the right class from 0.
// Without "mean" in its name a loss is the sum over the entries.

#include <chainfold/expression/arrange.hpp>

namespace chainfold {

namespace detail {
template <class A, class B>
inline constexpr bool same_shape = false;
template <hash_value K, hash_value L, class S>
inline constexpr bool same_shape<expression<K, S>, expression<L, S>> = true;
template <class Z, class K>
inline constexpr bool scores_and_class = false;
template <hash_value K, hash_value L, std::size_t N>
inline constexpr bool scores_and_class<expression<K, extents<N>>, expression<L, extents<>>> = true;

template <class A, class B, class N>
struct loss_mistake {};
template <hash_value K, hash_value L, class S, class R, Argument N>
    requires(!std::is_same_v<S, R>)
struct loss_mistake<expression<K, S>, expression<L, R>, N> {
    using type = loss_mismatch<S, R>;
};
template <class A, class B, NoScalar N>
struct loss_mistake<A, B, N> {
    using type = setting_of_no_scalar<typename N::shape_type>;
};
template <class A, class B, class N>
    requires mixes_plain_values<A, B, N>
struct loss_mistake<A, B, N> : first_plain<A, B, N> {};
}  // namespace detail

/// A prediction and a target that a loss accepts.
template <class A, class B>
concept Comparable = Poisoned<A, B> || detail::same_shape<A, B>;
/// Scores and the number of a class.
template <class Z, class K>
concept ScoresAndClass = !Poisoned<Z, K> && detail::scores_and_class<Z, K>;
/// The verdict on those that it does not; N is a number that the loss takes besides.
template <class A, class B, class N = detail::integer<1>>
using loss_mistake = typename detail::loss_mistake<A, B, N>::type;

// ---- Distances ---------------------------------------------------------------------------------------------------

/// Σ (y − t)², of scalars, vectors or matrices of one shape.
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
/// Σ |y − t|; its derivative where y = t is 0.
template <class Y, class T>
    requires Comparable<Y, T>
constexpr auto absolute_error(Y y, T t) {
    return sum(abs(y - t));
}
/// Σ |y − t| / n.
template <class Y, class T>
    requires Comparable<Y, T>
constexpr auto mean_absolute_error(Y y, T t) {
    return mean(abs(y - t));
}
/// Σ ½ e² where e = |y − t| ≤ δ, and δ (e − ½ δ) beyond (Huber 1964), as m (e − ½ m) with m = min(e, δ); δ is a number
/// such as 0.5_c, 1 if not given.
template <class Y, class T, ScalarArgument Delta>
    requires Comparable<Y, T>
constexpr auto huber(Y y, T t, Delta delta) {
    constexpr constant<number{5, 1, -1}> half{};
    const auto e = abs(y - t);
    const auto m = minimum(e, delta);
    return sum(hadamard(m, e - half * m));
}
template <class Y, class T>
    requires Comparable<Y, T>
constexpr auto huber(Y y, T t) {
    return huber(y, t, detail::integer<1>{});
}

// ---- Classes -----------------------------------------------------------------------------------------------------

/// Σ max(0, 1 − t y) for targets t of −1 and 1.
template <class Y, class T>
    requires Comparable<Y, T>
constexpr auto hinge(Y y, T t) {
    return sum(relu(detail::integer<1>{} - hadamard(t, y)));
}
/// Σ max(0, 1 + yⱼ − yₖ) over all classes j but the right one, k (Weston and Watkins 1999).
template <class Y, class K>
    requires ScoresAndClass<Y, K>
constexpr auto hinge(Y y, K k) {
    const auto right = one_hot<Y::shape_type::size>(k);
    return sum(relu(y - dot(right, y) + (detail::integer<1>{} - right)));
}

/// −Σ tₖ ln softmax(z)ₖ from logits z, for a target t that is a distribution (its entries sum to 1), as
/// log_sum_exp(z) − ⟨t, z⟩.  Its derivative by z is softmax(z) − t.
template <class Z, class T>
    requires Comparable<Z, T>
constexpr auto cross_entropy(Z z, T t) {
    return log_sum_exp(z) - dot(t, z);
}
/// −ln softmax(z)ₖ from logits z, for the class k.
template <class Z, class K>
    requires ScoresAndClass<Z, K>
constexpr auto cross_entropy(Z z, K k) {
    return log_sum_exp(z) - dot(one_hot<Z::shape_type::size>(k), z);
}
/// The same with label smoothing s, a number such as 0.1_c: the target is (1 − s) t + s / n (Szegedy et al. 2016).
template <class Z, class T, ScalarArgument Smoothing>
    requires(Comparable<Z, T> || ScoresAndClass<Z, T>)
constexpr auto cross_entropy(Z z, T t, Smoothing s) {
    const auto kept = detail::integer<1>{} - s;
    if constexpr (ScoresAndClass<Z, T>)
        return log_sum_exp(z) - kept * dot(one_hot<Z::shape_type::size>(t), z) - s * mean(z);
    else
        return log_sum_exp(z) - kept * dot(t, z) - s * mean(z);
}
/// −Σ (tₖ ln pₖ + (1 − tₖ) ln(1 − pₖ)) with p = sigmoid(z), from logits z, as Σ softplus(z) − t z.
/// Its derivative by z is sigmoid(z) − t.
template <class Z, class T>
    requires Comparable<Z, T>
constexpr auto binary_cross_entropy(Z z, T t) {
    return sum(softplus(z) - hadamard(t, z));
}

/// −Σ tₖ lₖ from logarithms l of probabilities, such as log_softmax gives, for a target t that is a distribution.
template <class L, class T>
    requires Comparable<L, T>
constexpr auto negative_log_likelihood(L l, T t) {
    return -sum(hadamard(t, l));
}
/// −lₖ for the class k.
template <class L, class K>
    requires ScoresAndClass<L, K>
constexpr auto negative_log_likelihood(L l, K k) {
    return -dot(one_hot<L::shape_type::size>(k), l);
}
/// The divergence of Kullback and Leibler (1951) from the target p, a distribution, to the one whose logarithms l are
/// given: Σ pₖ (ln pₖ − lₖ), with 0 ln 0 = 0.
template <class L, class P>
    requires Comparable<L, P>
constexpr auto kl_divergence(L l, P p) {
    const auto log_p = log(select(detail::integer<0>{} < p, p, detail::integer<1>{}));
    return sum(hadamard(p, log_p - l));
}

template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> squared_error(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> mean_squared_error(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> absolute_error(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> mean_absolute_error(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> huber(Y, T))
template <class Y, class T, class N>
CHAINFOLD_MISTAKE(loss_mistake<Y, T, N> huber(Y, T, N))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> hinge(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> cross_entropy(Y, T))
template <class Y, class T, class N>
CHAINFOLD_MISTAKE(loss_mistake<Y, T, N> cross_entropy(Y, T, N))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> binary_cross_entropy(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> negative_log_likelihood(Y, T))
template <class Y, class T>
CHAINFOLD_MISTAKE(loss_mistake<Y, T> kl_divergence(Y, T))

}  // namespace chainfold
