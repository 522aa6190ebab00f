// SPDX-License-Identifier: BSL-1.0
#pragma once

// Which verdict falls on which mistake, and the overloads that take the mistaken calls.

#include <chainfold/expression/verdict.hpp>
#include <chainfold/tensor/contiguous.hpp>

namespace chainfold {

/// The verdict on operands that do not fit an operation.
template <class Op, class... Shape>
struct verdict_on {
    using type = elementwise_mismatch<Shape...>;
};
template <class... Shape>
struct verdict_on<add_op, Shape...> {
    using type = sum_mismatch<Shape...>;
};
template <class... Shape>
struct verdict_on<subtract_op, Shape...> {
    using type = difference_mismatch<Shape...>;
};
template <class... Shape>
struct verdict_on<divide_op, Shape...> {
    using type = quotient_mismatch<Shape...>;
};
template <class... Shape>
struct verdict_on<less_op, Shape...> {
    using type = comparison_mismatch<Shape...>;
};
template <class... Shape>
struct verdict_on<less_equal_op, Shape...> {
    using type = comparison_mismatch<Shape...>;
};
template <class L, class R>
struct verdict_on<product_op, L, R> {
    using type = product_mismatch<L, R>;
};
template <std::size_t M, std::size_t N>
struct verdict_on<product_op, extents<M>, extents<N>> {
    using type = vector_times_vector<extents<M>, extents<N>>;
};
template <std::size_t M, std::size_t K, std::size_t N>
struct verdict_on<product_op, extents<M>, extents<K, N>> {
    using type = vector_times_matrix<extents<M>, extents<K, N>>;
};
template <class L, class R>
struct verdict_on<outer_op, L, R> {
    using type = outer_of_no_vectors<L, R>;
};
template <class L, class R>
struct verdict_on<dot_op, L, R> {
    using type = dot_mismatch<L, R>;
};
template <class S>
struct verdict_on<transpose_op, S> {
    using type = transpose_of_no_matrix<S>;
};
template <class S>
struct verdict_on<unpack_lower_op, S> {
    using type = unpack_of_no_triangle<S>;
};
template <class S>
struct verdict_on<pack_lower_op, S> {
    using type = pack_of_no_square<S>;
};
template <class S>
struct verdict_on<symmetric_op, S> {
    using type = symmetric_of_no_square<S>;
};
template <class S>
struct verdict_on<softmax_op, S> {
    using type = function_of_no_vector<S>;
};
template <class S>
struct verdict_on<log_sum_exp_op, S> {
    using type = function_of_no_vector<S>;
};
template <class... Shape>
struct verdict_on<stack_op, Shape...> {
    using type = stack_mismatch<Shape...>;
};

template <class X>
concept PlainNumber = std::is_arithmetic_v<std::remove_cvref_t<X>>;
/// What is no expression but might be taken for one: a number, an array, a tensor.
template <class X>
concept PlainValue = !Poisoned<X> && (PlainNumber<X> || Contiguous<std::remove_cvref_t<X>>);

/// Stands where an expression was meant.
template <class X>
concept NoExpression = !Expression<X> && !Poisoned<X>;

namespace detail {
template <class... X>
struct first_plain {};
template <class First, class... Rest>
struct first_plain<First, Rest...> : first_plain<Rest...> {};
template <PlainValue First, class... Rest>
struct first_plain<First, Rest...> {
    using type = values_in_expression<First>;
};
template <PlainNumber First, class... Rest>
    requires PlainValue<First>
struct first_plain<First, Rest...> {
    using type = plain_number<First>;
};
template <class... X>
inline constexpr bool mixes_plain_values = (Expression<X> || ...) && (PlainValue<X> || ...) && !Poisoned<X...>;
}  // namespace detail

/// A number beside the argument of a function: a scalar expression, such as 0.1_c.
template <class X>
concept ScalarArgument = Poisoned<X> || (Expression<X> && std::is_same_v<typename X::shape_type, extents<>>);
/// An expression that is none.
template <class X>
concept NoScalar = Expression<X> && !std::is_same_v<typename X::shape_type, extents<>>;

/// The verdict on a call of a function with these arguments; has no member `type` where there is nothing to say.
template <class Op, class... X>
struct mistake {};
template <class Op, hash_value... Key, class... Shape>
    requires(sizeof...(Key) > 0 && !fits<Op, Shape...>)
struct mistake<Op, expression<Key, Shape>...> : verdict_on<Op, Shape...> {};
template <class Op, class... X>
    requires detail::mixes_plain_values<X...>
struct mistake<Op, X...> : detail::first_plain<X...> {};

template <class Op, class... X>
using mistake_in = typename mistake<Op, std::remove_cvref_t<X>...>::type;

template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<add_op, A, B> operator+(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<subtract_op, A, B> operator-(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<divide_op, A, B> operator/(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<multiply_op, A, B> hadamard(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<maximum_op, A, B> maximum(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<minimum_op, A, B> minimum(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<less_op, A, B> operator<(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<less_op, A, B> operator>(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<less_equal_op, A, B> operator<=(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<less_equal_op, A, B> operator>=(A, B))
template <class K, class A, class B>
CHAINFOLD_MISTAKE(mistake_in<select_op, K, A, B> select(K, A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<outer_op, A, B> outer(A, B))
template <class A, class B>
CHAINFOLD_MISTAKE(mistake_in<dot_op, A, B> dot(A, B))
template <class X>
CHAINFOLD_MISTAKE(mistake_in<transpose_op, X> transpose(X))
template <class X>
CHAINFOLD_MISTAKE(mistake_in<unpack_lower_op, X> unpack_lower(X))
template <class X>
CHAINFOLD_MISTAKE(mistake_in<pack_lower_op, X> pack_lower(X))
template <class X>
CHAINFOLD_MISTAKE(mistake_in<symmetric_op, X> symmetric(X))
template <class X>
CHAINFOLD_MISTAKE(mistake_in<softmax_op, X> softmax(X))
template <class X>
CHAINFOLD_MISTAKE(mistake_in<log_sum_exp_op, X> log_sum_exp(X))
template <class X, class... Rest>
CHAINFOLD_MISTAKE(mistake_in<stack_op, X, Rest...> stack(X, Rest...))

}  // namespace chainfold
