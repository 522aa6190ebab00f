// SPDX-License-Identifier: BSL-1.0
#pragma once

// The pieces of a node's formula in mathematics.
//
//   a ⊙ b, a ⊘ b     product and quotient entry by entry; they bind less than a product of matrices: Wᵀδ ⊙ a
//   x², x^⊙2         the square of a scalar, and entry by entry
//   ‖x‖²             the sum of the squares of all entries; ∑(x) of the entries
//   𝟏[a > b]         1 where the condition holds, 0 elsewhere;  x ⊙ 𝟏[a > b] is x there, and 0 elsewhere
//   x[0], A[0, :], x[1:3]   an entry, a row, the entries 1 and 2: counted from 0, as in the program
//   𝟏₃, 𝟎₃           all entries 1, all entries 0

#include <chainfold/notation/math_parts.hpp>

namespace chainfold {

template <class Graph>
class math_layout : math_parts<Graph> {
    using parts = math_parts<Graph>;
    using parts::graph_, parts::dialect_, parts::forms_, parts::out_, parts::operand, parts::around_right;
    using parts::write_filled;
    using parts::write_transposed, parts::write_indicator, parts::write_choice, parts::write_part, parts::write_column;

public:
    using parts::parts;

    constexpr void write(int id) {
        switch (forms_.formula(id).as) {
            case layout::function:
                write_function(id);
                break;
            case layout::infix:
                write_infix(id);
                break;
            case layout::negation:
                out_.minus();
                operand(id, 0, around_right(graph_.operand(id, 0), precedence::entrywise));
                break;
            case layout::product:
                forms_.is_entrywise(id) ? write_entrywise(id, "⊙") : write_product(id);
                break;
            case layout::quotient:
            case layout::reciprocal:
                write_quotient(id);
                break;
            case layout::power:
                out_.text(dialect_.power.open);
                operand(id, 0, precedence::primary);
                if (dialect_.stacks_fractions || graph_[id].dims.rank != 0) out_.text(dialect_.power.between);
                out_.of_node(piece_kind::exponent, id);
                out_.text(dialect_.power.close);
                break;
            case layout::exponential:
                out_.text(dialect_.power.open);
                out_.text(dialect_.in == script::mathml ? "<mi>e</mi>" : "e");
                out_.text(dialect_.power.between);
                operand(id, 0);
                out_.text(dialect_.power.close);
                break;
            case layout::root:
                enclose(dialect_.root, id, dialect_.stacks_fractions ? precedence::comparison : precedence::primary);
                break;
            case layout::magnitude:
                enclose(dialect_.magnitude, id);
                break;
            case layout::choice:
                write_choice(id);
                break;
            case layout::transposed:
                write_transposed(graph_.operand(id, 0));
                break;
            case layout::outer:
                operand(id, 0, precedence::product);
                write_gap(graph_.operand(id, 0), graph_.operand(id, 1), false);
                write_transposed(graph_.operand(id, 1));
                break;
            case layout::inner:
                write_inner(id);
                break;
            case layout::total:
                forms_.is_norm(id) ? enclose(dialect_.norm, graph_.operand(id, 0)) : write_function(id);
                break;
            case layout::part:
                write_part(id);
                break;
            case layout::column:
                write_column(id);
                break;
            case layout::filled:
                write_filled(id);
                break;
            case layout::leaf:
                break;
        }
    }

private:
    constexpr void enclose(const around_parts& p, int id, precedence around = precedence::comparison) {
        out_.text(p.open);
        operand(id, 0, around);
        out_.text(p.close);
    }

    constexpr void write_function(int id) {
        const node& n = graph_[id];
        const notation& written = rules_of(n.operation).written;
        out_.function(written.mathematics.sign);
        if (n.operation == operation_code<embed_op>) {
            out_.text(dialect_.brackets.open);
            out_.integer(n.parameter);
            out_.text(dialect_.brackets.close);
        }
        const around_parts& p = forms_.formula(id).is_tall ? dialect_.tall_parentheses : dialect_.parentheses;
        out_.text(p.open);
        for (int i = 0; i < n.count; ++i) {
            if (i > 0) out_.text(dialect_.comma);
            operand(id, i);
        }
        out_.text(p.close);
    }

    constexpr void write_infix(int id) {
        if (forms_.is_comparison(id)) {
            write_indicator(id, false);
            return;
        }
        const int right = graph_.operand(id, 1);
        const bool regroups = graph_[id].operation == operation_code<add_op>;
        operand(id, 0, precedence::sum);
        out_.sign(rules_of(graph_[id].operation).written.mathematics.sign);
        operand(id, 1, around_right(right, regroups ? precedence::sum : precedence::entrywise));
    }

    constexpr void write_entrywise(int id, std::string_view sign) {
        const bool regroups = graph_[id].operation == operation_code<multiply_op>;
        const precedence right = regroups ? precedence::entrywise : tighter(precedence::entrywise);
        operand(id, 0, precedence::entrywise);
        out_.sign(sign);
        operand(id, 1, around_right(graph_.operand(id, 1), right));
    }
    constexpr void write_product(int id) {
        const int left = graph_.operand(id, 0), right = graph_.operand(id, 1);
        const precedence around = around_right(right, forms_.formula(id).binding);
        operand(id, 0, precedence::product);
        write_gap(left, right, around > forms_[right].binding);
        operand(id, 1, around);
    }
    /// Between two factors: nothing where both are letters or the right one stands in parentheses.
    constexpr void write_gap(int left, int right, bool enclosed) {
        const bool close = forms_[left].ends_close && forms_[left].binding >= precedence::product;
        if (enclosed ? forms_[right].begins_with_minus : forms_[right].begins_with_digit)
            out_.text(dialect_.dot);
        else if (close && (enclosed || forms_[right].begins_close))
            out_.text(dialect_.close);
        else if (dialect_.stacks_fractions || (close && forms_[right].as == layout::function))
            out_.text(dialect_.apart);
        else
            out_.text(dialect_.dot);
    }
    constexpr void write_quotient(int id) {
        const node& n = graph_[id];
        const bool unit = n.operation == operation_code<multiply_op>;       // x / 3
        const bool inverse = n.operation == operation_code<reciprocal_op>;  // 1 / x
        const int over = unit ? graph_.operand(id, 1) : inverse ? -1 : graph_.operand(id, 0);
        const bool entrywise = forms_.is_entrywise(id), stacked = dialect_.stacks_fractions && !entrywise;
        const precedence own = entrywise ? precedence::entrywise : precedence::product;
        const bool negative = unit && printed_number(graph_, id).is_negative();
        if (negative) out_.minus();
        if (stacked) out_.text(dialect_.fraction.open);
        if (over < 0)
            out_.integer(1);
        else
            out_.value(over, stacked ? precedence::comparison : negative ? around_right(over, own) : own);
        entrywise ? out_.sign("⊘") : out_.text(dialect_.fraction.between);
        if (unit)
            out_.of_node(piece_kind::denominator, id);
        else
            operand(id, n.count - 1,
                    stacked ? precedence::comparison : around_right(graph_.operand(id, n.count - 1), tighter(own)));
        if (stacked) out_.text(dialect_.fraction.close);
    }

    constexpr void write_inner(int id) {
        const int left = graph_.operand(id, 0), right = graph_.operand(id, 1);
        if (graph_[left].dims.rank == 1) {
            const precedence around = around_right(right, precedence::product);
            write_transposed(left);
            write_gap(left, right, around > forms_[right].binding);
            out_.value(right, around);
        } else {
            out_.text(dialect_.angles.open);
            out_.value(left, precedence::comparison);
            out_.text(dialect_.angles.between);
            out_.value(right, precedence::comparison);
            out_.text(dialect_.angles.close);
        }
    }
};

}  // namespace chainfold
