// SPDX-License-Identifier: BSL-1.0
#pragma once

// From a graph to the normal form, one node after another: operands come first, so nothing is visited twice.

#include <chainfold/transform/normal_structure.hpp>

namespace chainfold::canonical {

template <class Form>
class normalisation {
public:
    /// `to` has the symbols of `from`, and nothing else.
    constexpr normalisation(Form& to, const graph_view& from)
        : to_(to), from_(from), values_(from.node_count), needed_(from.node_count) {
        for (int i = 0; i < from.output_count; ++i) needed_[from.outputs[i]] = 1;
        for (int id = from.node_count - 1; id >= 0; --id)
            for (int i = 0; needed_[id] != 0 && i < from[id].count; ++i) needed_[from.operand(id, i)] = 1;
        for (int id = 0; id < from.node_count; ++id)
            if (needed_[id] != 0) values_[id] = visit(from[id], id);
    }
    [[nodiscard]] constexpr value output(int i) { return closed(to_, values_[from_.outputs[i]]); }

private:
    [[nodiscard]] constexpr const value& operand(int id, int i) const { return values_[from_.operand(id, i)]; }

    constexpr value visit(const node& of, int id) {
        const auto x = [&](int i) -> const value& { return operand(id, i); };
        switch (of.operation) {
            case operation_code<symbol_op>:
                return value_of(to_, to_.make(of.operation, of.dims, nullptr, 0, of.parameter));
            case operation_code<constant_op>:
                return number_value(from_.numbers[of.parameter]);
            case operation_code<negate_op>:
                return negated(x(0));
            case operation_code<add_op>:
                return sum(to_, x(0), x(1));
            case operation_code<subtract_op>:
                return difference(to_, x(0), x(1));
            case operation_code<multiply_op>:
                return product(to_, x(0), x(1));
            case operation_code<divide_op>:
                return quotient(to_, x(0), x(1));
            case operation_code<square_op>:
                return power(to_, x(0), 2);
            case operation_code<power_op>:
                return power(to_, x(0), of.parameter);
            case operation_code<reciprocal_op>:
                return power(to_, x(0), -1);
            case operation_code<product_op>:
                return matrix_product(to_, x(0), x(1), of.dims);
            case operation_code<outer_op>:
                return outer_product(to_, x(0), x(1), of.dims);
            case operation_code<transpose_op>:
                return transposed(to_, x(0));
            case operation_code<dot_op>:
                return summed(to_, product(to_, x(0), x(1)));
            case operation_code<sum_op>:
                return summed(to_, x(0));
            case operation_code<broadcast_op>:
                return {x(0).factor, x(0).rest, of.dims};
            case operation_code<softmax_op>:
                return softmax_of(to_, x(0));
            case operation_code<log_sum_exp_op>:
                return log_sum_exp_of(to_, x(0));
            case operation_code<extract_op>:
                return extracted(to_, x(0), of.parameter, of.dims);
            case operation_code<embed_op>:
            case operation_code<unpack_lower_op>:
            case operation_code<pack_lower_op>:
            case operation_code<symmetric_op>:
            case operation_code<batch_mean_op>:
                return with_number_outside(to_, of, x(0));
            case operation_code<select_op>:
                return selected(of, id);
            default:
                if (!rules_of(of.operation).is_elementwise) return structural(of, id);
                return of.count == 1 ? function_of(to_, of.operation, x(0)) : elementwise(of, id);
        }
    }

    constexpr value elementwise(const node& of, int id) {
        int operands[3] = {};
        dimensions dims{};
        for (int i = 0; i < of.count; ++i) {
            operands[i] = whole(to_, operand(id, i));
            dims = wider(dims, to_.dims(operands[i]));
        }
        return {one(), to_.make(of.operation, dims, operands, of.count), of.dims};
    }
    // One branch, if both are equal or the condition is a number.
    constexpr value selected(const node& of, int id) {
        const value &condition = operand(id, 0), &a = operand(id, 1), &b = operand(id, 2);
        const bool first = is_number(condition) && !is_zero(condition);
        const value x = closed(to_, a), y = closed(to_, b);
        if (first || (x.factor == y.factor && x.rest == y.rest)) return {a.factor, a.rest, of.dims};
        if (is_zero(condition)) return {b.factor, b.rest, of.dims};
        return elementwise(of, id);
    }
    constexpr value structural(const node& of, int id) {
        buffer<int> operands(of.count);
        for (int i = 0; i < of.count; ++i) operands[i] = shaped(to_, operand(id, i)).rest;
        return {one(), to_.make(of.operation, of.dims, operands.data(), of.count, of.parameter), of.dims};
    }

    Form& to_;
    const graph_view from_;
    buffer<value> values_;
    buffer<char> needed_;
};

}  // namespace chainfold::canonical
