// SPDX-License-Identifier: BSL-1.0
#pragma once

// The pieces of a node's formula in C++.

#include <chainfold/notation/form.hpp>
#include <chainfold/notation/piece.hpp>

namespace chainfold {

class cpp_layout {
public:
    constexpr cpp_layout(const graph_view& graph, const forms& look, piece_stack& out)
        : graph_(graph), forms_(look), out_(out) {}

    constexpr void write(int id) {
        const node& n = graph_[id];
        const form& f = forms_.formula(id);
        switch (f.as) {
            case layout::negation: {
                out_.minus();
                operand(id, 0, negated(graph_.operand(id, 0)));
                break;
            }
            case layout::reciprocal:
                out_.text("1 / ");
                operand(id, 0, tighter(f.binding));
                break;
            case layout::quotient: {  // x / 3
                const bool negative = printed_number(graph_, id).is_negative();
                if (negative) out_.minus();
                const bool minus = negative && forms_[graph_.operand(id, 1)].begins_with_minus;
                operand(id, 1, minus ? beyond_primary : f.binding);
                out_.text(" / ");
                out_.put(piece_kind::denominator, id);
                break;
            }
            case layout::infix: {
                const precedence own = f.binding;
                operand(id, 0, own == precedence::comparison ? tighter(own) : own);
                out_.sign(rules_of(n.operation).written.text);
                operand(id, 1, regroups(id) ? own : tighter(own));
                break;
            }
            default:
                write_call(id);
        }
    }

private:
    constexpr void operand(int id, int i, precedence around) { out_.value(graph_.operand(id, i), around); }
    [[nodiscard]] constexpr precedence negated(int x) const {
        return forms_[x].begins_with_minus ? beyond_primary : precedence::product;
    }

    // a + (b + c) and, for numbers, a * (b * c) need no parentheses.
    [[nodiscard]] constexpr bool regroups(int id) const {
        const int right = graph_.operand(id, 1);
        const auto operation = graph_[id].operation;
        const auto inner = graph_[right].operation;
        if (operation == operation_code<add_op>) return inner == operation || inner == operation_code<subtract_op>;
        if (operation != operation_code<multiply_op> || graph_.operand_dims(id, 0).rank != 0) return false;
        return inner == operation || inner == operation_code<divide_op> || inner == operation_code<product_op>;
    }

    constexpr void write_call(int id) {
        const node& n = graph_[id];
        if (n.operation == operation_code<multiply_op>)
            out_.text("hadamard");
        else if (n.operation == operation_code<extract_op>)
            write_part(n, graph_.operand_dims(id, 0));
        else
            out_.text(rules_of(n.operation).written.text);
        if (n.operation == operation_code<power_op>)
            indices(n.parameter);
        else if (n.operation == operation_code<broadcast_op> || n.operation == operation_code<one_hot_op>)
            n.dims.rank == 1 ? indices(n.dims.rows) : indices(n.dims.rows, n.dims.columns);
        else if (n.operation == operation_code<embed_op>)
            n.dims.rank == 1 ? indices(n.parameter, n.dims.rows) : indices(n.parameter, n.dims.rows, n.dims.columns);
        out_.text("(");
        for (int i = 0; i < n.count; ++i) {
            if (i > 0) out_.text(", ");
            operand(id, i, precedence::comparison);
        }
        out_.text(")");
    }
    constexpr void write_part(const node& n, const dimensions& whole) {
        if (is_reshaped(n, whole)) {
            out_.text(n.dims.rank == 1 ? "flatten" : "reshape");
            if (n.dims.rank == 2) indices(n.dims.rows, n.dims.columns);
        } else if (n.dims.rank == 0) {
            out_.text("element");
            whole.rank == 1 ? indices(n.parameter) : indices(n.parameter / whole.columns, n.parameter % whole.columns);
        } else if (whole.rank == 2) {
            out_.text("row");
            indices(n.parameter / whole.columns);
        } else {
            out_.text("slice");
            indices(n.parameter, n.dims.rows);
        }
    }
    constexpr void indices(int first, int second = -1, int third = -1) {
        out_.text("<");
        out_.integer(first);
        for (const int next : {second, third}) {
            if (next < 0) break;
            out_.text(", ");
            out_.integer(next);
        }
        out_.text(">");
    }

    const graph_view& graph_;
    const forms& forms_;
    piece_stack& out_;
};

}  // namespace chainfold
