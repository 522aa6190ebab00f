// SPDX-License-Identifier: BSL-1.0
#pragma once

// The verdicts: one class per kind of mistake, whose static_assert is what the user reads.

#include <chainfold/expression/leaf.hpp>
#include <chainfold/tensor/contiguous.hpp>

namespace chainfold {

template <class Left, class Right>
inline constexpr bool inner_sizes_agree = false;
template <class... Shape>
inline constexpr bool shapes_agree = false;
template <class... Shape>
inline constexpr bool both_are_vectors = false;
template <class Shape>
inline constexpr bool is_a_vector = false;
template <class Shape>
inline constexpr bool is_a_matrix = false;
template <class Shape>
inline constexpr bool is_a_scalar = false;
template <class Number>
inline constexpr bool is_an_expression = false;

template <class Left, class Right>
struct product_mismatch : poison {
    static_assert(inner_sizes_agree<Left, Right>,
                  "matrix product: the left factor's columns must equal the right factor's rows");
};
template <class Left, class Right>
struct vector_times_vector : poison {
    static_assert(inner_sizes_agree<Left, Right>,
                  "vector * vector has no one meaning: write dot(a, b), outer(a, b) or hadamard(a, b)");
};
template <class Left, class Right>
struct vector_times_matrix : poison {
    static_assert(inner_sizes_agree<Left, Right>,
                  "vector * matrix: a vector is a column; write transpose(A) * v, or outer(a, b)");
};
template <class Left, class Right>
struct sum_mismatch : poison {
    static_assert(shapes_agree<Left, Right>,
                  "sum: both sides must have the same shape, or one must be a scalar");
};
template <class Left, class Right>
struct difference_mismatch : poison {
    static_assert(shapes_agree<Left, Right>,
                  "difference: both sides must have the same shape, or one must be a scalar");
};
template <class Left, class Right>
struct quotient_mismatch : poison {
    static_assert(shapes_agree<Left, Right>,
                  "quotient: both sides must have the same shape, or one must be a scalar");
};
template <class... Shape>
struct elementwise_mismatch : poison {
    static_assert(shapes_agree<Shape...>,
                  "an elementwise function of several arguments: they must have the same shape, or be scalars");
};
template <class... Shape>
struct comparison_mismatch : poison {
    static_assert(shapes_agree<Shape...>,
                  "comparison: both sides must have the same shape, or one must be a scalar");
};
template <class Left, class Right>
struct outer_of_no_vectors : poison {
    static_assert(both_are_vectors<Left, Right>,
                  "outer(a, b): both arguments must be vectors");
};
template <class Left, class Right>
struct dot_mismatch : poison {
    static_assert(shapes_agree<Left, Right>,
                  "dot(a, b): both arguments must be vectors, or matrices, of the same shape");
};
template <class Shape>
struct transpose_of_no_matrix : poison {
    static_assert(is_a_matrix<Shape>,
                  "transpose(A): the argument must be a matrix; vectors are columns as they are");
};
template <class Shape>
struct function_of_no_vector : poison {
    static_assert(is_a_vector<Shape>,
                  "softmax, log_softmax and log_sum_exp: the argument must be a vector");
};
template <class... Shape>
struct stack_mismatch : poison {
    static_assert(shapes_agree<Shape...>,
                  "stack(a, b, ...): all arguments must be scalars, or vectors of the same length");
};
template <class Prediction, class Target>
struct loss_mismatch : poison {
    static_assert(shapes_agree<Prediction, Target>,
                  "loss: the prediction and the target must have the same shape");
};
template <class Number>
struct plain_number : poison {
    static_assert(is_an_expression<Number>,
                  "a plain number cannot stand in an expression: give it the suffix _c, as in 2_c or 0.5_c");
};
template <class Values>
inline constexpr bool is_bound_to_a_symbol = false;
template <class Values>
struct values_in_expression : poison {
    static_assert(is_bound_to_a_symbol<Values>,
                  "values cannot stand in an expression: write an input and bind them in the call, input = values");
};
template <class Exponent>
inline constexpr bool is_template_argument = false;
template <class Exponent>
struct power_of_two_arguments : poison {
    static_assert(is_template_argument<Exponent>,
                  "pow(x, n): write pow<n>(x) with an integer n, or exp(n * log(x))");
};
template <std::size_t...>
struct position {};
template <class Position, class Shape>
inline constexpr bool lies_inside = false;
template <class Position, class Shape>
struct part_outside : poison {
    static_assert(lies_inside<Position, Shape>,
                  "element, row or slice: the part asked for must lie inside the vector or matrix");
};

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
CHAINFOLD_MISTAKE(mistake_in<softmax_op, X> softmax(X))
template <class X>
CHAINFOLD_MISTAKE(mistake_in<log_sum_exp_op, X> log_sum_exp(X))
template <class X, class... Rest>
CHAINFOLD_MISTAKE(mistake_in<stack_op, X, Rest...> stack(X, Rest...))

}  // namespace chainfold
