// SPDX-License-Identifier: BSL-1.0
#pragma once

// Names for what a program stores: those of the formulas (z₁, a₁), ∂L/∂z₁ for a cotangent, and v₁, v₂, … for the rest.
// A value that is not stored has no name here: it is part of the formula of the loop that computes it.

#include <string>
#include <vector>

#include <chainfold/notation/explain/plan_view.hpp>
#include <chainfold/notation/named_formulas.hpp>
#include <chainfold/notation/naming.hpp>

namespace chainfold {

/// What a program was asked for.
struct asked_for {
    graph_view loss{};         // as it was written, if derivatives were asked for
    std::vector<symbol> by{};  // the symbols of the derivatives
    bool derivatives = false;
    std::string title{};
};

template <class = void>
class stored_names {
public:
    stored_names(const graph_view& graph, const plan_view& plan, const asked_for& asked)
        : graph_(graph), plan_(plan), asked_(asked), names_(static_cast<std::size_t>(graph.node_count)) {
        const naming found(graph, naming_of::steps, asked.derivatives ? graph.outputs[0] : -1);
        mark_forward();
        for (int id = 0; id < graph.node_count; ++id)
            if (found[id].exists() && is_forward(id)) name(id) = found[id];
        root_ = found.root();
        name_outputs();
        if (asked.derivatives) name_cotangents(found);
        count_uses_in_loops();
        pass_names_on();
        name_the_rest();
    }

    [[nodiscard]] std::vector<value_name> take() { return std::move(names_); }

private:
    value_name& name(int id) { return names_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] bool is_leaf(int id) const { return graph_[id].count == 0; }
    [[nodiscard]] bool stands_somewhere(int id) const {
        const planned_node& n = plan_[id];
        return n.needed && (n.stored || n.is == role::loaded || n.is == role::external);
    }

    // What the value needs; everything, if there are no derivatives.
    void mark_forward() {
        forward_.assign(names_.size(), !asked_.derivatives);
        forward_[static_cast<std::size_t>(graph_.outputs[0])] = 1;
        for (int id = graph_.node_count - 1; id >= 0; --id)
            for (int i = 0; is_forward(id) && i < graph_[id].count; ++i)
                forward_[static_cast<std::size_t>(graph_.operand(id, i))] = 1;
    }
    [[nodiscard]] bool is_forward(int id) const { return forward_[static_cast<std::size_t>(id)] != 0 || is_leaf(id); }

    void name_outputs() {
        for (int i = 0; i < graph_.output_count; ++i) {
            value_name& output = name(graph_.outputs[i]);
            if (i > 0 && asked_.derivatives)
                output = derivative_name(root_, math_name(asked_.by[static_cast<std::size_t>(i - 1)].name));
            else if (i == 0 && (asked_.derivatives || !output.exists()))
                output = root_;
            else if (!output.exists())
                output = {root_.letters, {}, i + 1};
        }
        const int value = graph_.outputs[0];
        if (graph_[value].operation == operation_code<batch_mean_op>)  // the loss of one sample
            if (value_name& sample = name(graph_.operand(value, 0)); !sample.exists()) sample = {"ℓ"};
    }

    // The reverse pass again, and the program's nodes among its nodes.
    void name_cotangents(const naming& found) {
        builder all(simplification::simplify);
        const handle root = import_graph(all, asked_.loss)[0];
        const reverse_pass pass(root, make_constant(all, 1));
        std::vector<int> same(static_cast<std::size_t>(graph_.node_count));
        std::vector<int> operands;
        for (int id = 0; id < graph_.node_count; ++id) {
            const node& n = graph_[id];
            operands.clear();
            for (int i = 0; i < n.count; ++i) operands.push_back(same[static_cast<std::size_t>(graph_.operand(id, i))]);
            const int parameter =
                n.operation == operation_code<symbol_op>     ? all.symbol_index(graph_.symbols[n.parameter])
                : n.operation == operation_code<constant_op> ? all.number_index(graph_.numbers[n.parameter])
                                                             : n.parameter;
            same[static_cast<std::size_t>(id)] = all.intern({n.operation, n.dims, parameter, operands.data(), n.count});
        }
        std::vector<value_name> cotangents(static_cast<std::size_t>(all.view().node_count));
        for (const bool leaves : {false, true})  // a cotangent of two values has the name of the one that is computed
            for (int id = 0; id < graph_.node_count; ++id) {
                const int forward = same[static_cast<std::size_t>(id)];
                if (!found[id].exists() || !is_forward(id) || is_leaf(id) != leaves || forward >= root.id) continue;
                const auto back = static_cast<std::size_t>(pass[{&all, forward}].id);
                if (back < cotangents.size() && !cotangents[back].exists())
                    cotangents[back] = derivative_name(root_, found[id]);
            }
        for (int id = 0; id < graph_.node_count; ++id)
            if (!name(id).exists() && !is_leaf(id))
                name(id) = cotangents[static_cast<std::size_t>(same[static_cast<std::size_t>(id)])];
    }

    // How often a loop uses a value that it does not store.
    void count_uses_in_loops() {
        uses_.assign(names_.size(), 0);
        for (int id = 0; id < graph_.node_count; ++id)
            for (int i = 0; i < graph_[id].count; ++i) {
                const int operand = graph_.operand(id, i);
                const bool inside = plan_[id].needed && plan_[operand].is == role::fused && !plan_[operand].stored &&
                                    plan_[operand].step == plan_[id].step;
                uses_[static_cast<std::size_t>(operand)] += inside;
            }
    }

    // z₁ = W₁x + b₁ is part of a loop: the product that stands in memory has its name.
    void pass_names_on() {
        for (int id = 0; id < graph_.node_count; ++id) {
            if (!name(id).exists() || is_leaf(id) || stands_somewhere(id) || uses_[static_cast<std::size_t>(id)] > 1)
                continue;
            for (int i = 0; i < graph_[id].count; ++i) {
                const int operand = graph_.operand(id, i);
                if (plan_[operand].is != role::kernel || name(operand).exists() ||
                    !(graph_[operand].dims == graph_[id].dims))
                    continue;
                name(operand) = name(id);
                break;
            }
            name(id) = {};
        }
    }

    void name_the_rest() {
        bool taken = false;
        for (int s = 0; s < graph_.symbol_count; ++s) taken = taken || math_name(graph_.symbols[s].name).letters == "v";
        int count = 0;
        for (int id = 0; id < graph_.node_count; ++id) {
            if (name(id).exists() || is_leaf(id) || !plan_[id].needed) continue;
            const bool repeated = uses_[static_cast<std::size_t>(id)] > 1 && !is_short(id);
            if (plan_[id].is == role::alias || !(stands_somewhere(id) || repeated)) continue;
            name(id) = {taken ? "r" : "v", {}, ++count};
        }
    }
    [[nodiscard]] bool is_short(int id) const {
        return graph_[id].count == 1 && graph_[graph_.operand(id, 0)].count == 0;
    }

    const graph_view& graph_;
    const plan_view& plan_;
    const asked_for& asked_;
    std::vector<value_name> names_;  // by node
    std::vector<char> forward_;
    std::vector<int> uses_;
    value_name root_{};
};

}  // namespace chainfold
