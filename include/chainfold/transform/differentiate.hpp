// SPDX-License-Identifier: BSL-1.0
#pragma once

// Reverse mode: one pass from a root back to the leaves.  With c the cotangent of a node y = f(x₁, x₂, …),
//
//   elementwise   x̄ᵢ += c ∘ ∂y/∂xᵢ          (summed over all entries where xᵢ is a scalar and y is not)
//   otherwise     x̄ᵢ += pullback(i, c)
//
// This is the only place where the chain rule stands in this direction; for the other see forward.hpp.

#include <chainfold/transform/simplifier.hpp>

namespace chainfold {

/// Copies what a graph's outputs need into a builder (whose rule may simplify it); gives the new outputs.
constexpr buffer<handle> import_graph(builder& to, const graph_view& from) {
    buffer<handle> imported(from.node_count);
    buffer<char> needed(from.node_count);
    for (int i = 0; i < from.output_count; ++i) needed[from.outputs[i]] = 1;
    for (int id = from.node_count - 1; id >= 0; --id)
        for (int i = 0; needed[id] != 0 && i < from[id].count; ++i) needed[from.operand(id, i)] = 1;
    buffer<int> operands;
    for (int id = 0; id < from.node_count; ++id) {
        if (needed[id] == 0) continue;
        const node& n = from[id];
        const std::int32_t parameter = parameter_in(to, from, n);
        if (n.count > operands.size()) operands = buffer<int>(n.count);
        for (int i = 0; i < n.count; ++i) operands[i] = imported[from.operand(id, i)].id;
        imported[id] = {&to, to.make({n.operation, n.dims, parameter, operands.data(), n.count})};
    }
    buffer<handle> outputs(from.output_count);
    for (int i = 0; i < from.output_count; ++i) outputs[i] = imported[from.outputs[i]];
    return outputs;
}

class reverse_pass {
public:
    /// The cotangents of all nodes that the root depends on, in the root's own graph.
    constexpr reverse_pass(handle root, handle seed)
        : graph_(*root.graph), cotangents_(root.id + 1), depends_(root.id + 1) {
        for (int id = 0; id <= root.id; ++id) {
            bool depends = graph_[id].operation == operation_code<symbol_op>;
            for (int i = 0; i < graph_[id].count; ++i) depends = depends || depends_[graph_.operand(id, i)];
            depends_[id] = depends;
        }
        cotangents_[root.id] = seed;
        for (int id = root.id; id >= 0; --id)
            if (cotangents_[id].exists() && depends_[id] && graph_[id].count > 0) visit({&graph_, id}, cotangents_[id]);
    }

    /// The cotangent of a node; zeros of its shape where the root does not depend on it.
    [[nodiscard]] constexpr handle operator[](handle x) const {
        if (x.id < cotangents_.size() && cotangents_[x.id].exists()) return cotangents_[x.id];
        return simplification::filled(graph_, {}, x.dims());
    }

private:
    constexpr void visit(handle y, handle c) {
        const operation_rules& rules = rules_of(y.operation());
        const int count = (*y).count;
        if (rules.is_elementwise) {
            handle partials[3];
            rules.partials(y, partials);
            for (int i = 0; i < count; ++i)
                if (depends_[y.operand(i).id]) accumulate(y.operand(i), chained(c, partials[i], y.operand(i)));
        } else {
            for (int i = 0; i < count; ++i)
                if (depends_[y.operand(i).id]) accumulate(y.operand(i), rules.pullback(i, c, y, operand_list{y}));
        }
    }

    // c ∘ ∂y/∂x, in the shape of x
    static constexpr handle chained(handle c, handle partial, handle x) {
        const handle product = hadamard(c, partial);
        return x.dims().rank == 0 && product.dims().rank != 0 ? sum(product) : product;
    }

    constexpr void accumulate(handle x, handle contribution) {
        handle& total = cotangents_[x.id];
        total = total.exists() ? total + contribution : contribution;
    }

    builder& graph_;
    buffer<handle> cotangents_;
    buffer<char> depends_;
};

}  // namespace chainfold
