// SPDX-License-Identifier: BSL-1.0
#pragma once

// The list of all operations.  A node names its operation by the position in this list.

#include <cstdint>
#include <utility>

namespace chainfold {

// leaves
struct symbol_op;
struct constant_op;
// elementwise
struct negate_op;
struct add_op;
struct subtract_op;
struct multiply_op;
struct divide_op;
struct square_op;
struct power_op;
struct reciprocal_op;
struct sqrt_op;
struct abs_op;
struct sign_op;
struct exp_op;
struct log_op;
struct expm1_op;
struct log1p_op;
struct sin_op;
struct cos_op;
struct erf_op;
struct erfc_op;
struct tanh_op;
struct sigmoid_op;
struct softplus_op;
struct relu_op;
struct maximum_op;
struct minimum_op;
struct less_op;
struct less_equal_op;
struct select_op;
// linear algebra
struct product_op;
struct outer_op;
struct transpose_op;
struct dot_op;
struct unpack_lower_op;
struct pack_lower_op;
struct symmetric_op;
// reductions and their adjoints
struct sum_op;
struct broadcast_op;
struct one_hot_op;
struct log_sum_exp_op;
struct softmax_op;
// access to parts and their adjoints
struct extract_op;
struct embed_op;
struct stack_op;
// the mean over the samples of a batch
struct batch_mean_op;

template <class... Op>
struct operation_list {
    static constexpr int size = sizeof...(Op);
};

using registry =
    operation_list<symbol_op, constant_op, negate_op, add_op, subtract_op, multiply_op, divide_op, square_op, power_op,
                   reciprocal_op, sqrt_op, abs_op, sign_op, exp_op, log_op, expm1_op, log1p_op, sin_op, cos_op, erf_op,
                   erfc_op, tanh_op, sigmoid_op, softplus_op, relu_op, maximum_op, minimum_op, less_op, less_equal_op,
                   select_op, product_op, outer_op, transpose_op, dot_op, unpack_lower_op, pack_lower_op, symmetric_op,
                   sum_op, broadcast_op, one_hot_op, log_sum_exp_op, softmax_op, extract_op, embed_op, stack_op,
                   batch_mean_op>;

namespace detail {
// A list derives from each of its operations with its position; a position is deduced from the base.
template <std::int32_t Position, class Op>
struct numbered_operation {};
template <class Positions, class List>
struct numbered;
template <std::int32_t... Position, class... Op>
struct numbered<std::integer_sequence<std::int32_t, Position...>, operation_list<Op...>>
    : numbered_operation<Position, Op>... {};
using numbered_registry = numbered<std::make_integer_sequence<std::int32_t, registry::size>, registry>;

template <class Op, std::int32_t Position>
constexpr std::int32_t number_of_operation(const numbered_operation<Position, Op>*) {
    return Position;
}
}  // namespace detail

/// The number by which nodes name the operation.
template <class Op>
inline constexpr std::int32_t operation_code =
    detail::number_of_operation<Op>(static_cast<const detail::numbered_registry*>(nullptr));

}  // namespace chainfold
