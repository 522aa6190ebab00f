// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where a network ends and its loss begins: the last value that everything trained goes through on its way to the root,
// once the target has joined.  Of Σ (σ(Wx + b) − t)² that is σ(Wx + b); of a cross-entropy from logits, the logits.

#include <chainfold/operation/table.hpp>

namespace chainfold {

class prediction {
public:
    constexpr prediction(const graph_view& graph, int root) : reach_(graph.node_count) {
        for (int id = 0; id <= root; ++id) {
            const node& n = graph[id];
            if (n.operation == operation_code<symbol_op>)
                reach_[id] = graph.symbols[n.parameter].trained ? parameters : data;
            for (int i = 0; i < n.count; ++i) reach_[id] = static_cast<char>(reach_[id] | reach_[graph.operand(id, i)]);
        }
        is_trained_ = (reach_[root] & parameters) != 0;
        if (reach_[root] == both) search(graph, root);
    }

    /// The node; −1 where there is none.
    [[nodiscard]] constexpr int id() const { return id_; }
    /// Is a target subtracted from it?
    [[nodiscard]] constexpr bool is_compared() const { return is_compared_; }
    /// Does a value belong to the loss?
    [[nodiscard]] constexpr bool is_behind(int id) const { return id_ >= 0 && id > id_ && reach_[id] == both; }
    [[nodiscard]] constexpr bool is_trained() const { return is_trained_; }

    /// A function that is written as such and gives as many entries as it takes.
    static constexpr bool is_function(std::int32_t operation) {
        const operation_rules& rules = rules_of(operation);
        const layout form = rules.written.mathematics.form;
        return (rules.is_elementwise && (form == layout::function || form == layout::exponential)) ||
               operation == operation_code<softmax_op>;
    }

private:
    static constexpr char data = 1, parameters = 2, both = 3;

    // From the root downwards; a value that is the only one left open is one that everything goes through.
    constexpr void search(const graph_view& graph, int root) {
        buffer<char> open(root + 1);
        open[root] = 1;
        bool joined = false;
        int below_difference = -1;
        for (int id = root, count = 1; id >= 0; --id) {
            if (open[id] == 0) continue;
            const node& n = graph[id];
            const bool is_condition = rules_of(n.operation).written.binding == precedence::comparison;
            if (is_condition || (count > 1 && !joined && is_function(n.operation))) return;
            if (count == 1 && id != root && (joined || begins_network(graph, id))) {
                id_ = id;
                is_compared_ = id == below_difference;
                return;
            }
            --count;
            for (int i = 0; i < n.count; ++i) {
                const int operand = graph.operand(id, i);
                if (reach_[operand] == data) {
                    joined = true;
                    if (n.operation == operation_code<subtract_op>) below_difference = graph.operand(id, 1 - i);
                }
                if (reach_[operand] != both || open[operand] != 0) continue;
                open[operand] = 1;
                ++count;
            }
        }
    }
    [[nodiscard]] constexpr bool begins_network(const graph_view& graph, int id) const {
        if (is_function(graph[id].operation)) return true;
        for (int i = 0; i < graph[id].count; ++i)
            if (is_weight(graph, graph.operand(id, i))) return true;
        return false;
    }
    /// Something trained, or a part of it; a penalty is not.
    [[nodiscard]] constexpr bool is_weight(const graph_view& graph, int id) const {
        const node& n = graph[id];
        return reach_[id] == parameters && (n.count == 0 || (n.count == 1 && graph[graph.operand(id, 0)].count == 0));
    }

    buffer<char> reach_;  // by node: what it depends on
    int id_ = -1;
    bool is_compared_ = false;
    bool is_trained_ = false;
};

}  // namespace chainfold
