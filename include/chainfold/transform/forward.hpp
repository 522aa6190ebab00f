// SPDX-License-Identifier: BSL-1.0
#pragma once

// Forward mode: one pass from variables to a root.  With ẋᵢ the tangents of the operands of a node y = f(x₁, x₂, …),
//
//   elementwise               ẏ = Σ ∂y/∂xᵢ ∘ ẋᵢ
//   linear in each operand    ẏ = Σ f(x₁, …, ẋᵢ, …)
//   otherwise                 ẏ = pushforward(ẋ)

#include <chainfold/transform/simplifier.hpp>

namespace chainfold {

/// The node with another operand in place i.
constexpr handle with_operand(handle y, int i, handle x) {
    buffer<int> operands((*y).count);
    for (int k = 0; k < operands.size(); ++k) operands[k] = k == i ? x.id : y.operand(k).id;
    return make_node(*y.graph, y.operation(), operands.data(), operands.size(), y.dims(), y.parameter());
}

/// The tangent of y from those of its operands.  An operand whose tangent does not exist does not move; one moves.
constexpr handle tangent_of(handle y, const handle* tangents) {
    const operation_rules& rules = rules_of(y.operation());
    if (rules.pushforward != nullptr) return rules.pushforward(tangents, y, operand_list{y});
    handle partials[3], total{};
    if (rules.is_elementwise) rules.partials(y, partials);
    for (int i = 0; i < (*y).count; ++i) {
        if (!tangents[i].exists()) continue;
        const handle term = rules.is_elementwise ? hadamard(tangents[i], partials[i]) : with_operand(y, i, tangents[i]);
        total = total.exists() ? total + term : term;
    }
    return simplification::broadcast_to(total, y.dims());
}

class forward_pass {
public:
    /// For the tangent of `root`, in its own graph.
    constexpr explicit forward_pass(handle root) : root_(root), tangents_(root.id + 1), needed_(root.id + 1) {
        const builder& graph = *root.graph;
        needed_[root.id] = 1;
        for (int id = root.id; id >= 0; --id)
            for (int i = 0; needed_[id] != 0 && i < graph[id].count; ++i) needed_[graph.operand(id, i)] = 1;
    }

    /// The root's tangent where these variables move in these directions, each of its variable's shape; zeros where the
    /// root depends on none of them.
    constexpr handle operator()(const handle* variables, const handle* directions, int count) {
        for (handle& tangent : tangents_) tangent = {};
        for (int i = 0; i < count; ++i)
            if (variables[i].id <= root_.id) move(tangents_[variables[i].id], directions[i]);
        for (int id = 0; id <= root_.id; ++id)
            if (needed_[id] != 0) visit({root_.graph, id});
        const handle found = tangents_[root_.id];
        return found.exists() ? found : simplification::filled(*root_.graph, {}, root_.dims());
    }

private:
    static constexpr void move(handle& tangent, handle direction) {
        tangent = tangent.exists() ? tangent + direction : direction;
    }

    constexpr void visit(handle y) {
        const int count = (*y).count;
        if (count > operands_.size()) operands_ = buffer<handle>(count);
        bool moves = false;
        for (int i = 0; i < count; ++i) {
            operands_[i] = tangents_[y.operand(i).id];
            moves = moves || operands_[i].exists();
        }
        if (!moves) return;
        const handle tangent = tangent_of(y, operands_.data());
        if (!simplification::is_zero(tangent)) tangents_[y.id] = tangent;
    }

    handle root_;
    buffer<handle> tangents_;  // by node; what does not move has none
    buffer<char> needed_;
    buffer<handle> operands_{3};
};

}  // namespace chainfold
