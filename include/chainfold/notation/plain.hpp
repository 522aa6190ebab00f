// SPDX-License-Identifier: BSL-1.0
#pragma once

// An expression as plain text, with the fewest parentheses.

#include <chainfold/notation/text.hpp>
#include <chainfold/operation/table.hpp>

namespace chainfold {

class plain_printer {
public:
    constexpr plain_printer(const graph_view& graph, writer& out) : graph_(graph), out_(out) {}

    /// Writes node id, in parentheses if it binds less than `around`.
    constexpr void print(int id, precedence around) {
        if (out_.full()) return;
        const node& n = graph_[id];
        const precedence own = binding(n);
        const bool enclosed = own < around;
        if (enclosed) out_.put("(");
        const notation& written = rules_of(n.operation).written;
        if (written.form == style::leaf) {
            print_leaf(n);
        } else if (n.operation == operation_code<reciprocal_op>) {
            out_.put("1 / ");
            print(graph_.operand(id, 0), tighter(own));
        } else if (own == precedence::primary) {
            print_call(id, written);
        } else if (written.form == style::prefix) {
            out_.put(written.text);
            print(graph_.operand(id, 0), precedence::product);
        } else {
            print(graph_.operand(id, 0), own == precedence::comparison ? tighter(own) : own);
            out_.put(" ");
            out_.put(written.text);
            out_.put(" ");
            const int right = graph_.operand(id, 1);
            print(right, regroups(id, right) ? own : tighter(own));
        }
        if (enclosed) out_.put(")");
    }

private:
    static constexpr precedence tighter(precedence p) { return static_cast<precedence>(static_cast<int>(p) + 1); }

    // a + (b + c) and, for numbers, a · (b · c) need no parentheses.
    [[nodiscard]] constexpr bool regroups(int id, int right) const {
        const auto operation = graph_[id].operation;
        const auto inner = graph_[right].operation;
        if (operation == operation_code<add_op>) return inner == operation || inner == operation_code<subtract_op>;
        if (operation != operation_code<multiply_op> || graph_.operand_dims(id, 0).rank != 0) return false;
        return inner == operation || inner == operation_code<divide_op> || inner == operation_code<product_op>;
    }

    [[nodiscard]] constexpr precedence binding(const node& n) const {
        if (n.operation == operation_code<constant_op>) {
            const number& value = graph_.numbers[n.parameter];
            if (math::is_fraction(value)) return precedence::product;
            return math::sign(value) < 0 ? precedence::prefix : precedence::primary;
        }
        if (n.operation == operation_code<reciprocal_op>) return precedence::product;
        if (n.operation == operation_code<multiply_op> && graph_.nodes[graph_.pool[n.first]].dims.rank != 0 &&
            graph_.nodes[graph_.pool[n.first + 1]].dims.rank != 0)
            return precedence::primary;  // hadamard(a, b)
        return rules_of(n.operation).written.binding;
    }

    constexpr void print_leaf(const node& n) {
        if (n.operation == operation_code<symbol_op>) {
            out_.put(graph_.symbols[n.parameter].name);
        } else {
            char digits[80];
            const auto length = math::print(graph_.numbers[n.parameter], digits);
            out_.put(std::string_view(digits, static_cast<std::size_t>(length)));
        }
    }

    constexpr void print_call(int id, const notation& written) {
        const node& n = graph_[id];
        if (n.operation == operation_code<multiply_op>)
            out_.put("hadamard");
        else if (n.operation == operation_code<extract_op>)
            print_part(n, graph_.operand_dims(id, 0));
        else
            out_.put(written.text);
        if (n.operation == operation_code<power_op> || n.operation == operation_code<embed_op>)
            print_indices(n.parameter);
        else if (n.operation == operation_code<broadcast_op>)
            n.dims.rank == 1 ? print_indices(n.dims.rows) : print_indices(n.dims.rows, n.dims.columns);
        out_.put("(");
        for (int i = 0; i < n.count; ++i) {
            if (i > 0) out_.put(", ");
            print(graph_.operand(id, i), precedence::comparison);
        }
        out_.put(")");
    }

    constexpr void print_part(const node& n, const dimensions& whole) {
        if (n.dims.rank == 0) {
            out_.put("element");
            whole.rank == 1 ? print_indices(n.parameter) : print_indices(n.parameter / whole.columns, n.parameter % whole.columns);
        } else if (whole.rank == 2) {
            out_.put("row");
            print_indices(n.parameter / whole.columns);
        } else {
            out_.put("slice");
            print_indices(n.parameter, n.dims.rows);
        }
    }

    constexpr void print_indices(int first) {
        out_.put("<");
        out_.put(first);
        out_.put(">");
    }
    constexpr void print_indices(int first, int second) {
        out_.put("<");
        out_.put(first);
        out_.put(", ");
        out_.put(second);
        out_.put(">");
    }

    const graph_view& graph_;
    writer& out_;
};

}  // namespace chainfold
