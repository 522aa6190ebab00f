// SPDX-License-Identifier: BSL-1.0
#pragma once

// How each node of a graph looks in a dialect: its layout, how strongly it binds, and how it begins and ends.  All of
// a graph is seen once, from the leaves upwards; the printer only asks.

#include <chainfold/notation/printed_number.hpp>

namespace chainfold {

/// Is a part of a tensor all of it, in another shape?
constexpr bool is_reshaped(const node& part, const dimensions& whole) {
    return part.dims.rank != 0 && part.dims.size() == whole.size() && !(part.dims == whole);
}

/// How a node looks.
struct form {
    layout as = layout::leaf;
    precedence binding = precedence::primary;
    bool begins_with_minus = false, begins_with_digit = false;
    bool begins_close = false, ends_close = false;  // a letter or a number, which need nothing between them
    bool is_tall = false;                           // more than a line high
};

template <class Graph>
class forms {
public:
    /// Names and the numbers that stand in their places, by node; either may be null.
    constexpr forms(const Graph& graph, const dialect& d, const value_name* names, const double* values = nullptr)
        : graph_(graph), dialect_(d), names_(names), formulas_(graph.node_count), forms_(graph.node_count) {
        for (int id = 0; id < graph.node_count; ++id) {
            form& f = formulas_[id];
            f.as = d.is_mathematics ? layout_in_mathematics(id) : layout_in_cpp(id);
            if (graph[id].operation == operation_code<symbol_op>) {
                if (d.is_mathematics) look_like_name(f, math_name(graph.symbols[graph[id].parameter].name));
            } else if (graph[id].operation == operation_code<constant_op>)
                look_like_number(f, printed_number(graph, id));
            else
                d.is_mathematics ? look_like_mathematics(f, id) : look_like_cpp(f, id);
            if (values != nullptr && (has_name(id) || graph[id].operation == operation_code<symbol_op>))
                look_like_number(forms_[id], printed_number(values[id]));
            else if (has_name(id))
                look_like_name(forms_[id], names[id]);
            else
                forms_[id] = f;
        }
    }
    /// How a node looks where it is used: like its name, if it has one.
    [[nodiscard]] constexpr const form& operator[](int id) const { return forms_[id]; }
    /// How its formula looks.
    [[nodiscard]] constexpr const form& formula(int id) const { return formulas_[id]; }
    [[nodiscard]] constexpr const form* formulas() const { return formulas_.data(); }
    [[nodiscard]] constexpr const form* looks() const { return forms_.data(); }
    [[nodiscard]] constexpr bool has_name(int id) const { return names_ != nullptr && names_[id].exists(); }

    [[nodiscard]] constexpr bool is_number(int id, int value) const {
        const node& n = graph_[id];
        if (n.operation == operation_code<broadcast_op>) return is_number(graph_.operand(id, 0), value);
        return n.operation == operation_code<constant_op> && graph_.numbers[n.parameter] == math::from_integer(value);
    }
    /// a ⊙ b and a ⊘ b: neither is a scalar.
    [[nodiscard]] constexpr bool is_entrywise(int id) const {
        const node& n = graph_[id];
        if (n.operation == operation_code<multiply_op>)
            return graph_.operand_dims(id, 0).rank != 0 && graph_.operand_dims(id, 1).rank != 0;
        return (formulas_[id].as == layout::quotient || formulas_[id].as == layout::reciprocal) &&
               graph_.operand_dims(id, n.count - 1).rank != 0 && n.operation != operation_code<multiply_op>;
    }
    /// Σ x² over all entries, written as a norm.
    [[nodiscard]] constexpr bool is_norm(int id) const {
        const int x = graph_.operand(id, 0);
        return graph_[id].operation == operation_code<sum_op> && graph_[x].operation == operation_code<square_op> &&
               !has_name(x);
    }
    /// x where a condition holds and 0 elsewhere, or the other way round: which operand x is; 0 if it is neither.
    [[nodiscard]] constexpr int conditional_operand(int id) const {
        if (!is_comparison(graph_.operand(id, 0)) || has_name(graph_.operand(id, 0))) return 0;
        return is_number(graph_.operand(id, 2), 0) ? 1 : is_number(graph_.operand(id, 1), 0) ? 2 : 0;
    }
    [[nodiscard]] constexpr bool is_comparison(int id) const {
        return rules_of(graph_[id].operation).written.binding == precedence::comparison;
    }

private:
    [[nodiscard]] constexpr layout layout_in_cpp(int id) const {
        const node& n = graph_[id];
        const notation& written = rules_of(n.operation).written;
        if (written.form == style::leaf) return layout::leaf;
        if (written.form == style::prefix) return layout::negation;
        if (n.operation == operation_code<reciprocal_op>) return layout::reciprocal;
        if (written.form != style::infix || is_entrywise(id)) return layout::function;
        return n.operation == operation_code<multiply_op> && printed_number(graph_, id).is_unit_fraction()
                   ? layout::quotient
                   : layout::infix;
    }
    [[nodiscard]] constexpr layout layout_in_mathematics(int id) const {
        const node& n = graph_[id];
        const layout form = rules_of(n.operation).written.mathematics.form;
        if (form == layout::exponential && (n.dims.rank != 0 || !dialect_.stacks_fractions)) return layout::function;
        if (n.operation == operation_code<multiply_op> && printed_number(graph_, id).is_unit_fraction())
            return layout::quotient;
        return form;
    }

    constexpr void look_like_name(form& f, const value_name& name) const {
        if (!dialect_.is_mathematics) return;
        const bool quotient = !name.of.empty();  // ∂L/∂z
        f.is_tall = quotient && dialect_.stacks_fractions;
        f.begins_close = f.ends_close = !quotient && detail::is_one_letter(name.letters);
        if (quotient) f.binding = precedence::prefix;
    }
    constexpr void look_like_number(form& f, const printed_number& n) const {
        const bool power_of_ten = dialect_.is_mathematics && n.view().find('e') != std::string_view::npos;
        const precedence fraction = dialect_.stacks_fractions ? precedence::prefix : precedence::product;
        f.binding = n.is_fraction()   ? fraction
                    : power_of_ten    ? precedence::product
                    : n.is_negative() ? precedence::prefix
                                      : precedence::primary;
        f.begins_with_minus = n.is_negative();
        f.begins_with_digit = !n.is_negative();
        f.begins_close = f.ends_close = !n.is_fraction() && !power_of_ten;
        f.is_tall = n.is_fraction() && dialect_.stacks_fractions;
    }
    constexpr void look_like_cpp(form& f, int id) const {
        const node& n = graph_[id];
        const form& first = forms_[graph_.operand(id, 0)];
        if (f.as == layout::reciprocal) f.binding = precedence::product;
        if (f.as == layout::negation) f.binding = binding_of_negative(first);
        f.begins_with_minus = f.as == layout::negation;
        if (f.as == layout::infix) {
            f.binding = rules_of(n.operation).written.binding;
            f.begins_with_minus = first.begins_with_minus;
        } else if (f.as == layout::quotient) {
            f.binding = precedence::product;
            f.begins_with_minus =
                printed_number(graph_, id).is_negative() || forms_[graph_.operand(id, 1)].begins_with_minus;
        }
    }
    /// -a * b binds as a product does.
    static constexpr precedence binding_of_negative(const form& operand) {
        return operand.binding == precedence::product || operand.binding == precedence::entrywise ? operand.binding
                                                                                                  : precedence::prefix;
    }

    constexpr void look_like_mathematics(form& f, int id) const {
        const node& n = graph_[id];
        const bool stacked = dialect_.stacks_fractions;
        const form& first = forms_[graph_.operand(id, 0)];
        const form& last = forms_[graph_.operand(id, n.count - 1)];
        for (int i = 0; i < n.count; ++i) f.is_tall = f.is_tall || forms_[graph_.operand(id, i)].is_tall;
        switch (f.as) {
            case layout::infix:
                if (is_comparison(id)) return;  // in brackets
                f.binding = precedence::sum;
                f.begins_with_minus = first.begins_with_minus;
                return;
            case layout::negation:
                f.binding = binding_of_negative(first);
                f.begins_with_minus = true;
                f.ends_close = first.ends_close && !first.begins_with_minus && f.binding != precedence::entrywise;
                return;
            case layout::product:
                f.binding = is_entrywise(id) ||
                                    (first.binding != precedence::sum && n.operation == operation_code<multiply_op> &&
                                     last.binding == precedence::entrywise)
                                ? precedence::entrywise
                                : precedence::product;
                [[fallthrough]];
            case layout::outer:
                if (f.as == layout::outer) f.binding = precedence::product;
                f.begins_with_minus = first.begins_with_minus;
                f.begins_with_digit = first.begins_with_digit;
                f.begins_close = first.begins_close;
                f.ends_close = last.ends_close;
                return;
            case layout::quotient:
            case layout::reciprocal: {
                f.is_tall = f.is_tall || stacked;
                f.binding = is_entrywise(id) ? precedence::entrywise
                            : stacked        ? precedence::prefix
                                             : precedence::product;
                const bool unit = n.operation == operation_code<multiply_op>;  // x / 3
                const bool minus = unit && printed_number(graph_, id).is_negative();
                f.begins_with_minus =
                    minus || (!stacked && f.as == layout::quotient && (unit ? last : first).begins_with_minus);
                return;
            }
            case layout::power:
            case layout::transposed:
                f.binding = precedence::power;
                f.begins_close = f.ends_close = first.begins_close && first.binding == precedence::primary;
                return;
            case layout::exponential:
                f.binding = precedence::power;
                return;
            case layout::root:
                f.binding = stacked ? precedence::primary : precedence::prefix;
                return;
            case layout::choice:
                look_like_choice(f, id);
                return;
            case layout::inner:
                f.binding = graph_.operand_dims(id, 0).rank == 1 ? precedence::entrywise : precedence::primary;
                return;
            case layout::total:
                f.binding = is_norm(id) ? precedence::power : precedence::primary;
                return;
            case layout::filled:
                f.binding = is_number(id, 0) || is_number(id, 1) ? precedence::primary : precedence::product;
                f.begins_with_minus = first.begins_with_minus;
                return;
            case layout::column:
                f.is_tall = f.is_tall || stacked;
                return;
            default:
                return;
        }
    }
    constexpr void look_like_choice(form& f, int id) const {
        const int which = conditional_operand(id);
        f.is_tall = f.is_tall || (which == 0 && dialect_.stacks_fractions);
        if (which == 0 || is_number(graph_.operand(id, which), 1)) return;
        const bool scalar = graph_.operand_dims(id, 0).rank == 0 || graph_.operand_dims(id, which).rank == 0;
        f.binding = scalar ? precedence::product : precedence::entrywise;
        f.begins_with_minus = forms_[graph_.operand(id, which)].begins_with_minus;
    }

    const Graph& graph_;
    const dialect& dialect_;
    const value_name* names_;
    buffer<form> formulas_, forms_;
};

}  // namespace chainfold
