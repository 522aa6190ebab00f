// SPDX-License-Identifier: BSL-1.0
#pragma once

// A graph in which every value with a name is a symbol of that name for those who read it.  So a formula ends where the
// next name begins: z₁ = W₁x + b₁, and then a₁ = σ(z₁).

#include <string>
#include <vector>

#include <chainfold/notation/name.hpp>
#include <chainfold/notation/plain.hpp>

namespace chainfold {

class named_parts {
public:
    /// `names`: by node; empty for a value that is part of the formulas that use it.
    named_parts(const graph_view& graph, std::vector<std::string> names)
        : graph_(graph),
          names_(std::move(names)),
          symbols_(graph.symbols, graph.symbols + graph.symbol_count),
          nodes_(static_cast<std::size_t>(2 * graph.node_count)) {
        for (int id = 0; id < graph.node_count; ++id) {
            node& name = nodes_[static_cast<std::size_t>(id)];
            node& formula = nodes_[static_cast<std::size_t>(graph.node_count + id)];
            formula = graph[id];
            formula.first = static_cast<int>(pool_.size());
            for (int i = 0; i < graph[id].count; ++i) {
                const int operand = graph.operand(id, i);
                pool_.push_back(has_name(operand) ? operand : graph.node_count + operand);
            }
            if (!has_name(id)) continue;
            name = {operation_code<symbol_op>, graph[id].dims, static_cast<int>(symbols_.size()), 0, 0};
            symbols_.push_back({names_[static_cast<std::size_t>(id)], graph[id].dims});
        }
    }
    named_parts(const named_parts&) = delete;
    named_parts& operator=(const named_parts&) = delete;

    [[nodiscard]] const std::string& name(int id) const { return names_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] bool has_name(int id) const { return !name(id).empty(); }

    /// What a value is computed from, with the names of what has one.
    [[nodiscard]] std::string formula(int id) const {
        const graph_view view{nodes_.data(),   pool_.data(), graph_.numbers,
                              symbols_.data(), nullptr,      static_cast<int>(nodes_.size()),
                              static_cast<int>(symbols_.size())};
        long_text text;
        writer out(text);
        plain_printer(view, out).print(graph_.node_count + id, precedence::comparison);
        return std::string(text.view());
    }

private:
    const graph_view graph_;
    std::vector<std::string> names_;
    std::vector<symbol> symbols_;
    std::vector<node> nodes_;  // first the names, then the formulas
    std::vector<int> pool_;
};

/// A name in Unicode.
inline std::string written_name(const value_name& name) {
    long_text text;
    writer out(text);
    write_name(out, script::unicode, name);
    return std::string(text.view());
}
/// ∂L/∂z₁.
inline std::string written_derivative(const value_name& of, const value_name& by) {
    long_text text;
    writer out(text);
    write_derivative_name(out, script::unicode, of, by);
    return std::string(text.view());
}

}  // namespace chainfold
