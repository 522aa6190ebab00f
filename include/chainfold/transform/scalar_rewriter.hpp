// SPDX-License-Identifier: BSL-1.0
#pragma once

// A graph of scalars on its way into another builder, where some of its nodes become others.

#include <chainfold/transform/scalars.hpp>

namespace chainfold {

/// What rewrites a graph node by node, operands first, derives from this.
class scalar_rewriter {
protected:
    constexpr scalar_rewriter(builder& to, const graph_view& from)
        : to_(to), from_(from), needed_(needed_nodes(from)), copy_(from.node_count, -1), uses_(from.node_count) {
        for (int id = 0; id < from_.node_count; ++id)
            for (int i = 0; needed_[id] != 0 && i < from_[id].count; ++i) ++uses_[from_.operand(id, i)];
        for (int i = 0; i < from_.output_count; ++i) uses_[from_.outputs[i]] += 2;
    }

    /// The outputs, where rewritten(id) is what becomes of a node.
    template <class F>
    constexpr buffer<handle> rewrite(const F& rewritten) {
        for (int id = 0; id < from_.node_count; ++id)
            if (needed_[id] != 0) copy_[id] = rewritten(id);
        buffer<handle> outputs;
        for (int i = 0; i < from_.output_count; ++i) outputs.push({&to_, copy_[from_.outputs[i]]});
        return outputs;
    }
    /// A node as it was, of what its operands have become.
    constexpr int copied(int id) {
        const node& n = from_[id];
        buffer<int> operands;
        for (int i = 0; i < n.count; ++i) operands.push(copy_[from_.operand(id, i)]);
        return to_.make({n.operation, n.dims, parameter_in(to_, from_, n), operands.data(), n.count});
    }

    [[nodiscard]] static constexpr bool is(const graph_view& graph, int id, std::int32_t operation) {
        return graph[id].operation == operation;
    }
    /// a + b or a − b.
    [[nodiscard]] static constexpr bool is_sum(const graph_view& graph, int id) {
        return is(graph, id, operation_code<add_op>) || is(graph, id, operation_code<subtract_op>);
    }
    /// c x for a number c.
    [[nodiscard]] static constexpr bool is_multiple(const graph_view& graph, int id) {
        return is(graph, id, operation_code<multiply_op>) &&
               is(graph, graph.operand(id, 0), operation_code<constant_op>);
    }
    constexpr int make(std::int32_t operation, int a, int b) {
        const int operands[] = {a, b};
        return to_.make({operation, scalar_dimensions, 0, operands, 2});
    }
    constexpr int make_number(const number& c) {
        return to_.make({operation_code<constant_op>, scalar_dimensions, to_.number_index(c)});
    }

    builder& to_;
    const graph_view from_;
    buffer<char> needed_;
    buffer<int> copy_, uses_;  // by node; an output is used by one more than can be known
};

}  // namespace chainfold
