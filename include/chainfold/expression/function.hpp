// SPDX-License-Identifier: BSL-1.0
#pragma once

// The functions that exist on expressions only: the product, powers, access to parts, and compositions of other
// operations.  All are found by argument-dependent lookup.

#include <chainfold/expression/arity.hpp>
#include <chainfold/expression/misused.hpp>
#include <chainfold/expression/values_alone.hpp>

namespace chainfold {

namespace detail {

// a * b is scaling where one side is a scalar, the matrix product otherwise.
template <class A, class B>
struct times {
    using operation = product_op;
};
template <hash_value K, hash_value L, class S>
struct times<expression<K, S>, expression<L, extents<>>> {
    using operation = multiply_op;
};
template <hash_value K, hash_value L, class S>
    requires(S::rank > 0)
struct times<expression<K, extents<>>, expression<L, S>> {
    using operation = multiply_op;
};
template <class A, class B>
using times_op = typename times<std::remove_cvref_t<A>, std::remove_cvref_t<B>>::operation;

}  // namespace detail

/// Scaling where a or b is a scalar; otherwise the matrix product: m×k by k gives m, m×k by k×n gives m×n.
template <Expression A, Expression B>
constexpr applied<detail::times_op<A, B>, A, B> operator*(A, B) {
    return {};
}
template <class A, class B>
    requires Poisoned<A, B>
constexpr poison operator*(const A&, const B&) {
    return {};
}
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<detail::times_op<A, B>, A, B> operator*(A, B))

/// xⁿ, entry by entry, n an integer.
template <int N, hash_value K, class S>
constexpr make_expression<power_op, N, S, expression<K, S>> pow(expression<K, S>) {
    return {};
}
template <int N>
constexpr poison pow(const poison&) {
    return {};
}
template <Expression X, class N>
CHAINFOLD_MISTAKE(power_of_two_arguments<N> pow(X, N))

// ---- Parts -------------------------------------------------------------------------------------------------------

/// Entry i of a vector, counted from 0: a scalar.
template <std::size_t I, hash_value K, std::size_t N>
    requires(I < N)
constexpr make_expression<extract_op, static_cast<int>(I), extents<>, expression<K, extents<N>>> element(
    expression<K, extents<N>>) {
    return {};
}
/// Entry (i, j) of a matrix, counted from 0: a scalar.
template <std::size_t I, std::size_t J, hash_value K, std::size_t M, std::size_t N>
    requires(I < M && J < N)
constexpr make_expression<extract_op, static_cast<int>(I * N + J), extents<>, expression<K, extents<M, N>>> element(
    expression<K, extents<M, N>>) {
    return {};
}
/// Row i of a matrix, counted from 0: a vector.
template <std::size_t I, hash_value K, std::size_t M, std::size_t N>
    requires(I < M)
constexpr make_expression<extract_op, static_cast<int>(I * N), extents<N>, expression<K, extents<M, N>>> row(
    expression<K, extents<M, N>>) {
    return {};
}
/// The entries first, first + 1, …, first + count − 1 of a vector.
template <std::size_t First, std::size_t Count, hash_value K, std::size_t N>
    requires(Count > 0 && First + Count <= N)
constexpr make_expression<extract_op, static_cast<int>(First), extents<Count>, expression<K, extents<N>>> slice(
    expression<K, extents<N>>) {
    return {};
}

/// The entries of a vector or a matrix, row by row, in another shape of the same size: a vector reshape<n>(x), a matrix
/// reshape<m, n>(x).  Nothing is copied.
template <std::size_t... N, hash_value K, class S>
    requires(sizeof...(N) > 0 && S::rank > 0 && !std::is_same_v<S, extents<N...>> && S::size == extents<N...>::size)
constexpr make_expression<extract_op, 0, extents<N...>, expression<K, S>> reshape(expression<K, S>) {
    return {};
}
template <std::size_t... N, hash_value K, class S>
    requires(sizeof...(N) > 0 && std::is_same_v<S, extents<N...>>)
constexpr expression<K, S> reshape(expression<K, S> x) {
    return x;
}
template <std::size_t... N>
constexpr poison reshape(const poison&) {
    return {};
}
template <std::size_t... N, hash_value K, class S>
    requires(sizeof...(N) == 0 || S::rank == 0 || S::size != extents<N...>::size)
CHAINFOLD_MISTAKE(reshape_mismatch<S, extents<N...>> reshape(expression<K, S>))

/// All entries in one vector, row by row: m × n give m n, a scalar gives a vector of 1.
template <hash_value K, class S>
    requires(S::rank > 0)
constexpr auto flatten(expression<K, S> x) {
    return reshape<S::size>(x);
}
template <hash_value K>
constexpr make_expression<broadcast_op, 0, extents<1>, expression<K, extents<>>> flatten(expression<K, extents<>>) {
    return {};
}
constexpr poison flatten(const poison&) { return {}; }

/// The scalar x for every entry of a vector of n, broadcast<n>(x), or of a matrix, broadcast<m, n>(x).
template <std::size_t... N, hash_value K>
    requires(sizeof...(N) > 0)
constexpr make_expression<broadcast_op, 0, extents<N...>, expression<K, extents<>>> broadcast(
    expression<K, extents<>>) {
    return {};
}
/// The entries of x put into zeros of a shape, from entry number `first` on (row-major): embed<first, n>(x) gives a
/// vector, embed<first, m, n>(x) a matrix.  What the derivatives of element, row and slice are made of.
template <std::size_t First, std::size_t... N, hash_value K, class S>
    requires(sizeof...(N) > 0 && S::rank < 2 && First + S::size <= extents<N...>::size)
constexpr make_expression<embed_op, static_cast<int>(First), extents<N...>, expression<K, S>> embed(expression<K, S>) {
    return {};
}
template <std::size_t...>
constexpr poison broadcast(const poison&) {
    return {};
}
template <std::size_t...>
constexpr poison embed(const poison&) {
    return {};
}

namespace detail {
template <std::size_t... I, std::size_t... N>
constexpr bool is_inside(position<I...>, extents<N...>) {
    if constexpr (sizeof...(I) == sizeof...(N))
        return ((I < N) && ...);
    else
        return false;
}
}  // namespace detail

template <std::size_t... I, hash_value K, class S>
    requires(sizeof...(I) > 0 && !detail::is_inside(position<I...>{}, S{}))
CHAINFOLD_MISTAKE(part_outside<position<I...>, S> element(expression<K, S>))
template <std::size_t I, hash_value K, class S>
    requires(S::rank != 2 || I >= static_cast<std::size_t>(dimensions_of(S{}).rows))
CHAINFOLD_MISTAKE(part_outside<position<I>, S> row(expression<K, S>))
template <std::size_t First, std::size_t Count, hash_value K, class S>
    requires(S::rank != 1 || Count == 0 || First + Count > S::size)
CHAINFOLD_MISTAKE(part_outside<position<First, Count>, S> slice(expression<K, S>))
template <std::size_t...>
constexpr poison element(const poison&) {
    return {};
}
template <std::size_t>
constexpr poison row(const poison&) {
    return {};
}
template <std::size_t, std::size_t>
constexpr poison slice(const poison&) {
    return {};
}

// ---- Compositions ------------------------------------------------------------------------------------------------

template <class E>
concept Argument = Expression<E> || Poisoned<E>;

namespace detail {
template <class X>
constexpr int size_of(X) {
    if constexpr (Expression<X>)
        return static_cast<int>(X::shape_type::size);
    else
        return 1;
}
template <int N>
using integer = typename made_integer<N>::type;
}  // namespace detail

/// max(x, 0) + slope · min(x, 0), entry by entry; slope is a number such as 0.1_c, 0.01 if not given.
template <Argument X, ScalarArgument Slope>
constexpr auto leaky_relu(X x, Slope slope) {
    return select(detail::integer<0>{} < x, x, slope * x);
}
template <Argument X>
constexpr auto leaky_relu(X x) {
    return leaky_relu(x, constant<number{1, 1, -2}>{});
}

template <Expression X, PlainNumber Slope>
CHAINFOLD_MISTAKE(plain_number<Slope> leaky_relu(X, Slope))
template <Expression X, NoScalar Slope>
CHAINFOLD_MISTAKE(setting_of_no_scalar<typename Slope::shape_type> leaky_relu(X, Slope))

/// Φ(x), the probability that a standard normal variable is at most x, entry by entry: ½ erfc(−x / √2), so that small
/// probabilities keep their digits.
template <Argument X>
constexpr auto normal_cdf(X x) {
    constexpr constant<number{-707106781186547524, 1, -18}> minus_sqrt_half{};
    return constant<number{5, 1, -1}>{} * erfc(minus_sqrt_half * x);
}

/// The mean of all entries.
template <Argument X>
constexpr auto mean(X x) {
    return sum(x) / detail::integer<detail::size_of(X{})>{};
}

/// Σ xₖ² over all entries.
template <Argument X>
constexpr auto squared_norm(X x) {
    return sum(square(x));
}

/// ln softmax(x) of a vector, safe for entries of any size.
template <Argument X>
    requires(Poisoned<X> || fits<softmax_op, typename X::shape_type>)
constexpr auto log_softmax(X x) {
    return x - log_sum_exp(x);
}
template <class X>
CHAINFOLD_MISTAKE(mistake_in<softmax_op, X> log_softmax(X))

}  // namespace chainfold
