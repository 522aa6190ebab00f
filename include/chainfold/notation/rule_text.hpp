// SPDX-License-Identifier: BSL-1.0
#pragma once

// The rules of operations in words and formulas, taken from the operations themselves: "sigmoid: y(1 − y)" for a
// derivative by the operand x, written with the result y; "product: Aᵀc" for a cotangent, from that of the result, c.

#include <chainfold/notation/printer.hpp>

namespace chainfold {

/// What an operation is called in a sentence.
constexpr std::string_view operation_name(std::int32_t operation) {
    const notation& written = rules_of(operation).written;
    switch (written.mathematics.form) {
        case layout::infix:
            return operation == operation_code<add_op>        ? "addition"
                   : operation == operation_code<subtract_op> ? "subtraction"
                                                              : "comparison";
        case layout::negation:
            return "negative";
        case layout::product:
            return "product";
        case layout::quotient:
            return "quotient";
        case layout::part:
            return "part";
        case layout::total:
            return "sum of entries";
        default:
            return written.text;
    }
}

/// Does an operation pass cotangents on as they are, but for sign and shape?  Beside others it is not worth a word.
constexpr bool is_plain_passage(std::int32_t operation) {
    return operation == operation_code<add_op> || operation == operation_code<subtract_op> ||
           operation == operation_code<negate_op> || operation == operation_code<sum_op> ||
           operation == operation_code<broadcast_op>;
}

/// The rule of one operation for one operand as a small graph of its own.
class rule_formula {
public:
    constexpr rule_formula(const graph_view& graph, int id, int operand) {
        const node& n = graph[id];
        const bool elementwise = rules_of(n.operation).is_elementwise;
        buffer<int> operands(n.count);
        for (int i = 0; i < n.count; ++i) {
            const dimensions dims = elementwise ? scalar_dimensions : graph.operand_dims(id, i);
            operands[i] = leaf(operand_name(n, i, dims), dims);
        }
        const dimensions result = elementwise ? scalar_dimensions : n.dims;
        const handle y{&graph_, graph_.intern({n.operation, result, n.parameter, operands.data(), n.count})};
        names_.push({"y"});
        if (elementwise) {
            handle partials[3];
            rules_of(n.operation).partials(y, partials);
            formula_ = partials[operand].id;
        } else {
            const handle c{&graph_, leaf("c", result)};
            formula_ = rules_of(n.operation).pullback(operand, c, y, operand_list{y}).id;
        }
    }

    constexpr void write(writer& out, script in) const {
        const graph_view view = graph_.view();
        buffer<value_name> names(view.node_count);
        for (int id = 0; id < names_.size(); ++id) names[id] = names_[id];
        printer(view, dialect_of(in), out, names.data()).print(formula_);
    }

private:
    static constexpr std::string_view operand_name(const node& n, int i, const dimensions& dims) {
        constexpr std::string_view small[] = {"a", "b"}, large[] = {"A", "B"};
        if (n.count == 1) return dims.rank == 2 ? "X" : "x";
        if (n.operation == operation_code<select_op>) return i == 0 ? "k" : small[i - 1];
        return i > 1 ? "x" : dims.rank == 2 ? large[i] : small[i];
    }
    constexpr int leaf(std::string_view name, const dimensions& dims) {
        const auto key = static_cast<hash_value>(graph_.view().symbol_count);
        const int index = graph_.symbol_index({name, dims, false, key, key});
        const int id = graph_.make({operation_code<symbol_op>, dims, index, nullptr, 0});
        while (names_.size() < id) names_.push({});
        names_.push({name});
        return id;
    }

    builder graph_{};
    buffer<value_name> names_{};  // by node, as far as there are any
    int formula_ = 0;
};

}  // namespace chainfold
