// SPDX-License-Identifier: BSL-1.0
#pragma once

// The verdicts: one class per kind of mistake, whose static_assert is what the user reads.

#include <chainfold/expression/leaf.hpp>

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
inline constexpr bool fills_a_triangle = false;
template <class Shape>
inline constexpr bool is_a_square_matrix = false;
template <class Shape>
struct unpack_of_no_triangle : poison {
    static_assert(fills_a_triangle<Shape>,
                  "unpack_lower(l): the argument must be a vector of n (n - 1) / 2 entries: 1, 3, 6, 10, ...");
};
template <class Shape>
struct pack_of_no_square : poison {
    static_assert(is_a_square_matrix<Shape>,
                  "pack_lower(A): the argument must be a square matrix, of two rows or more");
};
template <class Shape>
struct symmetric_of_no_square : poison {
    static_assert(is_a_square_matrix<Shape>,
                  "symmetric(A): the argument must be a square matrix");
};
template <class From, class To>
inline constexpr bool sizes_agree = false;
template <class From, class To>
struct reshape_mismatch : poison {
    static_assert(sizes_agree<From, To>,
                  "reshape<n>(x) or reshape<m, n>(x): the new shape must have as many entries as x");
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
template <class... Shape>
inline constexpr bool all_are_vectors = false;
template <class... Shape>
struct concat_of_no_vectors : poison {
    static_assert(all_are_vectors<Shape...>,
                  "concat(a, b, ...): the arguments must be vectors or scalars");
};
template <class Shape>
struct one_hot_of_no_scalar : poison {
    static_assert(is_a_scalar<Shape>,
                  "one_hot<n>(k): k must be a scalar, the number of a class");
};
template <class Shape>
struct normalisation_of_no_vector : poison {
    static_assert(is_a_vector<Shape>,
                  "layer_norm and rms_norm: the argument must be a vector");
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
    constexpr plain_number() = default;
    constexpr plain_number(const Number&) {}  // NOLINT: implicit, for what derives from it and is made as huber{0.5}
};
template <class Given>
struct argument_of_no_expression : poison {
    static_assert(is_an_expression<Given>,
                  "the first argument must be an expression, made of inputs, parameters and numbers such as 2_c");
};
template <class Shape>
struct setting_of_no_scalar : poison {
    static_assert(is_a_scalar<Shape>,
                  "the number that a function takes beside its arguments must be a scalar: 0.1_c, or an input such as input<\"a\">");
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

}  // namespace chainfold
