// SPDX-License-Identifier: BSL-1.0
#pragma once

// The registry as a table: what the transformations ask of an operation that they know only by number.

#include <chainfold/operation/access.hpp>
#include <chainfold/operation/activation.hpp>
#include <chainfold/operation/error_function.hpp>
#include <chainfold/operation/leaf.hpp>
#include <chainfold/operation/one_hot.hpp>
#include <chainfold/operation/reduction.hpp>
#include <chainfold/operation/triangular.hpp>

namespace chainfold {

struct operation_rules {
    notation written{};
    bool is_elementwise = false;
    int arity = 0;
    /// Elementwise operations: ∂y/∂xᵢ for all operands of y, in order.
    void (*partials)(handle y, handle* result) = nullptr;
    /// Other operations: the cotangent of operand i.
    handle (*pullback)(int i, handle c, handle y, operand_list x) = nullptr;
    /// The tangent of y; none for what is linear in each operand, where the operation itself is the rule.
    handle (*pushforward)(const handle* v, handle y, operand_list x) = nullptr;
};

namespace detail {

template <std::size_t Count>
constexpr void write(const std::array<handle, Count>& partials, handle* result) {
    for (std::size_t i = 0; i < Count; ++i) result[i] = partials[i];
}
template <class Op>
constexpr void write_partials(handle y, handle* result) {
    if constexpr (Op::arity == 1)
        write(Op::partials(y, y.operand(0)), result);
    else if constexpr (Op::arity == 2)
        write(Op::partials(y, y.operand(0), y.operand(1)), result);
    else
        write(Op::partials(y, y.operand(0), y.operand(1), y.operand(2)), result);
}

template <class Op>
constexpr operation_rules rules_of() {
    if constexpr (Elementwise<Op>)
        return {Op::written, true, Op::arity, &write_partials<Op>, nullptr};
    else if constexpr (Op::arity == 0)
        return {Op::written, false, 0, nullptr, nullptr};
    else if constexpr (requires { Op::pushforward(nullptr, handle{}, operand_list{}); })
        return {Op::written, false, Op::arity, nullptr, &Op::pullback, &Op::pushforward};
    else
        return {Op::written, false, Op::arity, nullptr, &Op::pullback};
}

template <class List>
struct rule_table;
template <class... Op>
struct rule_table<operation_list<Op...>> {
    static constexpr operation_rules rules[registry::size] = {rules_of<Op>()...};
};

}  // namespace detail

/// The rules of the operation with this code.
constexpr const operation_rules& rules_of(std::int32_t operation) {
    return detail::rule_table<registry>::rules[operation];
}

}  // namespace chainfold
