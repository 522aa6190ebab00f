// SPDX-License-Identifier: BSL-1.0
#pragma once

// An expression as plain text, with the fewest parentheses.  The text is C++: with the suffix _c at the numbers it
// means the same formula.

#include <chainfold/notation/text.hpp>
#include <chainfold/operation/table.hpp>

namespace chainfold {

class plain_printer {
public:
    constexpr plain_printer(const graph_view& graph, writer& out) : graph_(graph), out_(out) {}

    /// Writes node id, in parentheses if it binds less than `around`.
    constexpr void print(int id, precedence around) {
        if (out_.full()) return;
        const precedence own = binding(id);
        const bool enclosed = own < around;
        if (enclosed) out_.put("(");
        print_bare(id, own);
        if (enclosed) out_.put(")");
    }

private:
    constexpr void print_bare(int id, precedence own) {
        const node& n = graph_[id];
        const notation& written = rules_of(n.operation).written;
        if (written.form == style::leaf) {
            print_leaf(id);
        } else if (n.operation == operation_code<negate_op>) {
            out_.put("-");
            const int operand = graph_.operand(id, 0);
            print(operand, starts_with_minus(operand) ? beyond_primary : precedence::product);
        } else if (n.operation == operation_code<reciprocal_op>) {
            out_.put("1 / ");
            print(graph_.operand(id, 0), tighter(own));
        } else if (own == precedence::primary) {
            print_call(id, written);
        } else if (const printed_number factor(graph_, id); factor.is_unit_fraction()) {
            if (factor.is_negative()) out_.put("-");
            const int operand = graph_.operand(id, 1);
            print(operand, factor.is_negative() && starts_with_minus(operand) ? beyond_primary : own);
            out_.put(factor.divided_by());
        } else {
            print(graph_.operand(id, 0), own == precedence::comparison ? tighter(own) : own);
            out_.put(" ");
            out_.put(written.text);
            out_.put(" ");
            const int right = graph_.operand(id, 1);
            print(right, regroups(id, right) ? own : tighter(own));
        }
    }

    static constexpr precedence beyond_primary = static_cast<precedence>(static_cast<int>(precedence::primary) + 1);
    static constexpr precedence tighter(precedence p) { return static_cast<precedence>(static_cast<int>(p) + 1); }

    // a + (b + c) and, for numbers, a * (b * c) need no parentheses.
    [[nodiscard]] constexpr bool regroups(int id, int right) const {
        const auto operation = graph_[id].operation;
        const auto inner = graph_[right].operation;
        if (operation == operation_code<add_op>) return inner == operation || inner == operation_code<subtract_op>;
        if (operation != operation_code<multiply_op> || graph_.operand_dims(id, 0).rank != 0) return false;
        return inner == operation || inner == operation_code<divide_op> || inner == operation_code<product_op>;
    }

    [[nodiscard]] constexpr bool is_hadamard(int id) const {
        return graph_[id].operation == operation_code<multiply_op> && graph_.operand_dims(id, 0).rank != 0 &&
               graph_.operand_dims(id, 1).rank != 0;
    }

    [[nodiscard]] constexpr precedence binding(int id) const {
        const node& n = graph_[id];
        if (n.operation == operation_code<constant_op>) {
            const number& value = graph_.numbers[n.parameter];
            if (math::is_fraction(value)) return precedence::product;
            return math::sign(value) < 0 ? precedence::prefix : precedence::primary;
        }
        if (n.operation == operation_code<reciprocal_op>) return precedence::product;
        if (n.operation == operation_code<negate_op>)  // -a * b binds as a product does
            return binding(graph_.operand(id, 0)) == precedence::product ? precedence::product : precedence::prefix;
        if (is_hadamard(id)) return precedence::primary;
        return rules_of(n.operation).written.binding;
    }

    /// A constant as text, or the constant factor of a product; x times 1 / 3 is written as x / 3.
    class printed_number {
    public:
        constexpr printed_number(const graph_view& graph, int id) {
            if (graph[id].operation == operation_code<multiply_op>) id = graph.operand(id, 0);
            if (graph[id].operation == operation_code<constant_op>)
                length_ = static_cast<std::size_t>(math::print(graph.numbers[graph[id].parameter], digits_));
        }
        [[nodiscard]] constexpr std::string_view view() const { return {digits_, length_}; }
        [[nodiscard]] constexpr bool is_negative() const { return length_ > 0 && digits_[0] == '-'; }
        [[nodiscard]] constexpr bool is_unit_fraction() const {
            return magnitude().size() > 4 && magnitude().substr(0, 4) == "1 / ";
        }
        [[nodiscard]] constexpr std::string_view divided_by() const { return magnitude().substr(1); }

    private:
        [[nodiscard]] constexpr std::string_view magnitude() const { return view().substr(is_negative() ? 1 : 0); }
        char digits_[math::longest_number]{};
        std::size_t length_ = 0;
    };

    [[nodiscard]] constexpr bool starts_with_minus(int id) const {
        const node& n = graph_[id];
        if (n.operation == operation_code<negate_op>) return true;
        if (n.operation == operation_code<constant_op>) return math::sign(graph_.numbers[n.parameter]) < 0;
        if (n.count != 2 || binding(id) == precedence::primary) return false;
        if (const printed_number factor(graph_, id); factor.is_unit_fraction())
            return factor.is_negative() || starts_with_minus(graph_.operand(id, 1));
        return starts_with_minus(graph_.operand(id, 0));
    }

    constexpr void print_leaf(int id) {
        const node& n = graph_[id];
        out_.put(n.operation == operation_code<symbol_op> ? graph_.symbols[n.parameter].name
                                                          : printed_number(graph_, id).view());
    }

    constexpr void print_call(int id, const notation& written) {
        const node& n = graph_[id];
        if (n.operation == operation_code<multiply_op>)
            out_.put("hadamard");
        else if (n.operation == operation_code<extract_op>)
            print_part(n, graph_.operand_dims(id, 0));
        else
            out_.put(written.text);
        if (n.operation == operation_code<power_op>)
            print_indices(n.parameter);
        else if (n.operation == operation_code<broadcast_op> || n.operation == operation_code<one_hot_op>)
            n.dims.rank == 1 ? print_indices(n.dims.rows) : print_indices(n.dims.rows, n.dims.columns);
        else if (n.operation == operation_code<embed_op>)
            n.dims.rank == 1 ? print_indices(n.parameter, n.dims.rows)
                             : print_indices(n.parameter, n.dims.rows, n.dims.columns);
        out_.put("(");
        for (int i = 0; i < n.count; ++i) {
            if (i > 0) out_.put(", ");
            print(graph_.operand(id, i), precedence::comparison);
        }
        out_.put(")");
    }

    constexpr void print_part(const node& n, const dimensions& whole) {
        if (n.dims.size() == whole.size() && n.dims.rank != 0 && !(n.dims == whole)) {
            if (n.dims.rank == 1) return out_.put("flatten");
            out_.put("reshape");
            print_indices(n.dims.rows, n.dims.columns);
        } else if (n.dims.rank == 0) {
            out_.put("element");
            whole.rank == 1 ? print_indices(n.parameter)
                            : print_indices(n.parameter / whole.columns, n.parameter % whole.columns);
        } else if (whole.rank == 2) {
            out_.put("row");
            print_indices(n.parameter / whole.columns);
        } else {
            out_.put("slice");
            print_indices(n.parameter, n.dims.rows);
        }
    }

    constexpr void print_indices(int first, int second = -1, int third = -1) {
        out_.put("<");
        out_.put(first);
        for (const int next : {second, third}) {
            if (next < 0) break;
            out_.put(", ");
            out_.put(next);
        }
        out_.put(">");
    }

    const graph_view& graph_;
    writer& out_;
};

}  // namespace chainfold
