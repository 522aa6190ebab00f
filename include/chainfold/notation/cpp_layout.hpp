// SPDX-License-Identifier: BSL-1.0
#pragma once

// The pieces of a node's formula in C++.

#include <chainfold/notation/form.hpp>
#include <chainfold/notation/piece.hpp>

namespace chainfold {

template <class Graph>
class cpp_layout {
public:
    constexpr cpp_layout(const Graph& graph, const forms<Graph>& look, pieces<Graph>& out)
        : graph_(graph), formulas_(look.formulas()), looks_(look.looks()), out_(out) {}

    constexpr void write(int id) {
        using namespace std::string_view_literals;
        const form& f = formulas_[id];
        switch (f.as) {
            case layout::negation: {
                out_.minus();
                operand(id, 0, negated(graph_.operand(id, 0)));
                break;
            }
            case layout::reciprocal:
                out_.text("1 / "sv);
                operand(id, 0, tighter(f.binding));
                break;
            case layout::quotient: {  // x / 3
                const bool negative = printed_number(graph_, id).is_negative();
                if (negative) out_.minus();
                const bool minus = negative && looks_[graph_.operand(id, 1)].begins_with_minus;
                operand(id, 1, minus ? beyond_primary : f.binding);
                out_.text(" / "sv);
                out_.of_node(piece_kind::denominator, id);
                break;
            }
            case layout::infix: {
                const precedence own = f.binding;
                operand(id, 0, own == precedence::comparison ? tighter(own) : own);
                out_.sign(rules_of(graph_.nodes[id].operation).written.text);
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
        return looks_[x].begins_with_minus ? beyond_primary : precedence::product;
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
        using namespace std::string_view_literals;
        const node& n = graph_.nodes[id];
        if (const notation& written = rules_of(n.operation).written; written.form == style::function)
            out_.text(written.text);
        else
            write_indexed(n, id);
        out_.text("("sv);
        for (int i = 0; i < n.count; ++i) {
            if (i > 0) out_.text(", "sv);
            out_.value(graph_.pool[n.first + i], precedence::comparison);
        }
        out_.text(")"sv);
    }
    constexpr void write_indexed(const node& n, int id) {
        using namespace std::string_view_literals;
        if (n.operation == operation_code<multiply_op>)
            out_.text("hadamard"sv);
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
    }
    constexpr void write_part(const node& n, const dimensions& whole) {
        using namespace std::string_view_literals;
        if (is_reshaped(n, whole)) {
            out_.text(n.dims.rank == 1 ? "flatten"sv : "reshape"sv);
            if (n.dims.rank == 2) indices(n.dims.rows, n.dims.columns);
        } else if (n.dims.rank == 0) {
            out_.text("element"sv);
            whole.rank == 1 ? indices(n.parameter) : indices(n.parameter / whole.columns, n.parameter % whole.columns);
        } else if (whole.rank == 2) {
            out_.text("row"sv);
            indices(n.parameter / whole.columns);
        } else {
            out_.text("slice"sv);
            indices(n.parameter, n.dims.rows);
        }
    }
    constexpr void indices(int first, int second = -1, int third = -1) {
        using namespace std::string_view_literals;
        out_.text("<"sv);
        out_.integer(first);
        for (const int next : {second, third}) {
            if (next < 0) break;
            out_.text(", "sv);
            out_.integer(next);
        }
        out_.text(">"sv);
    }

    const Graph& graph_;
    const form* const formulas_;
    const form* const looks_;
    pieces<Graph>& out_;
};

}  // namespace chainfold
