// SPDX-License-Identifier: BSL-1.0
#pragma once

// The pieces of conditions and of parts of tensors in mathematics.

#include <chainfold/notation/form.hpp>
#include <chainfold/notation/piece.hpp>

namespace chainfold {

inline constexpr detail::literal_view condition_signs[] = {"<", "≤", ">", "≥"};  // the opposite of a sign is 3 − it

template <class Graph>
class math_parts {
public:
    constexpr math_parts(const Graph& graph, const dialect& d, const forms<Graph>& look, pieces<Graph>& out)
        : graph_(graph), dialect_(d), forms_(look), out_(out) {}

protected:
    constexpr void operand(int id, int i, precedence around = precedence::comparison) {
        out_.value(graph_.operand(id, i), around);
    }
    /// Behind a sign, what begins with a minus stands in parentheses.
    [[nodiscard]] constexpr precedence around_right(int x, precedence around) const {
        return forms_[x].begins_with_minus ? beyond_primary : around;
    }
    constexpr void write_transposed(int x) {
        const bool raised = dialect_.in != script::unicode;
        if (raised) out_.text(dialect_.power.open);
        out_.value(x, precedence::primary);
        if (raised) out_.text(dialect_.power.between);
        out_.text(dialect_.top);
        if (raised) out_.text(dialect_.power.close);
    }
    constexpr void write_indicator(int condition, bool negated) {
        out_.text(dialect_.one);
        out_.text(dialect_.brackets.open);
        write_condition(condition, negated);
        out_.text(dialect_.brackets.close);
    }
    // A number stands on the right: z > 0.
    constexpr void write_condition(int id, bool negated) {
        std::size_t sign = graph_[id].operation == operation_code<less_op> ? 0 : 1;
        if (negated) sign = 3 - sign;
        int left = graph_.operand(id, 0), right = graph_.operand(id, 1);
        if (forms_[left].begins_with_digit && !forms_[right].begins_with_digit) {
            const int other = left;
            left = right;
            right = other;
            sign = (sign + 2) % 4;
        }
        out_.value(left, precedence::sum);
        out_.sign(condition_signs[sign]);
        out_.value(right, precedence::sum);
    }
    constexpr void write_choice(int id) {
        if (const int which = forms_.conditional_operand(id); which > 0) {
            const int x = graph_.operand(id, which);
            if (!forms_.is_number(x, 1)) {
                out_.value(x, forms_.formula(id).binding);
                forms_.formula(id).binding == precedence::entrywise ? out_.sign("⊙") : out_.text(dialect_.apart);
            }
            write_indicator(graph_.operand(id, 0), which == 2);
            return;
        }
        out_.text(dialect_.cases.open);
        operand(id, 1);
        out_.text(dialect_.cases.between);
        if (const int k = graph_.operand(id, 0); forms_.is_comparison(k) && !forms_.has_name(k)) {
            write_condition(k, false);
        } else {
            out_.value(k, precedence::sum);
            out_.sign("≠");
            out_.integer(0);
        }
        out_.text(dialect_.after_condition);
        operand(id, 2);
        out_.text(dialect_.cases.close);
    }
    constexpr void write_part(int id) {
        const node& n = graph_[id];
        const dimensions& whole = graph_.operand_dims(id, 0);
        if (is_reshaped(n, whole)) {
            out_.function(n.dims.rank == 1 ? "vec" : "mat");
            out_.text(dialect_.parentheses.open);
            operand(id, 0);
            out_.text(dialect_.parentheses.close);
            return;
        }
        const std::string_view colon = dialect_.in == script::mathml ? "<mo lspace=\"0\" rspace=\"0\">:</mo>" : ":";
        operand(id, 0, precedence::primary);
        out_.text(dialect_.brackets.open);
        out_.integer(whole.rank == 2 ? n.parameter / whole.columns : n.parameter);
        if (whole.rank == 2) {
            out_.text(dialect_.comma);
            n.dims.rank == 0 ? out_.integer(n.parameter % whole.columns) : out_.text(colon);
        } else if (n.dims.rank == 1) {
            out_.text(colon);
            out_.integer(n.parameter + n.dims.rows);
        }
        out_.text(dialect_.brackets.close);
    }
    constexpr void write_column(int id) {
        out_.text(dialect_.column.open);
        for (int i = 0; i < graph_[id].count; ++i) {
            if (i > 0) out_.text(dialect_.column.between);
            graph_[id].dims.rank == 2 ? write_transposed(graph_.operand(id, i)) : operand(id, i);
        }
        out_.text(dialect_.column.close);
    }
    constexpr void write_filled(int id) {
        const int x = graph_.operand(id, 0);
        if (!forms_.is_number(id, 0) && !forms_.is_number(id, 1)) {
            out_.value(x, dialect_.stacks_fractions ? precedence::product : precedence::prefix);
            out_.text(dialect_.close);
        }
        out_.of_node(forms_.is_number(id, 0) ? piece_kind::zeros : piece_kind::ones, id);
    }

    const Graph& graph_;
    const dialect& dialect_;
    const forms<Graph>& forms_;
    pieces<Graph>& out_;
};

}  // namespace chainfold
