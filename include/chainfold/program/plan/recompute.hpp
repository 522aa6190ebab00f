// SPDX-License-Identifier: BSL-1.0
#pragma once

// What takes one operation on the inputs of a sample is computed again where it is needed much later: x − μ costs less
// than to bring it back from where it has been put meanwhile.

#include <chainfold/transform/scalars.hpp>

namespace chainfold {

class recomputation {
public:
    constexpr recomputation(const graph_view& from, const buffer<char>& batched)
        : from_(from), needed_(needed_nodes(from)), depth_(from.node_count), is_cheap_(from.node_count) {
        for (int id = 0; id < from.node_count; ++id) {
            const node& n = from[id];
            const bool elementwise = rules_of(n.operation).is_elementwise;
            depth_[id] = 0;
            for (int i = 0; i < n.count; ++i) {
                const int depth = depth_[from.operand(id, i)] + !elementwise;
                if (depth_[id] < depth) depth_[id] = depth;
            }
            if (n.operation == operation_code<extract_op>) depth_[id] = depth_[from.operand(id, 0)];
            is_cheap_[id] = needed_[id] != 0 && batched[id] != 0 && is_cheap(id, n);
        }
    }

    /// Is anything to be computed twice?
    [[nodiscard]] constexpr bool has_any() const {
        for (int id = 0; id < from_.node_count; ++id)
            for (int i = 0; needed_[id] != 0 && i < from_[id].count; ++i)
                if (is_far(id, from_.operand(id, i))) return true;
        return false;
    }

    /// Copies the graph, with its outputs.
    constexpr void run(builder& to) const {
        buffer<int> copy(from_.node_count, -1), operands;
        for (int id = 0; id < from_.node_count; ++id) {
            if (needed_[id] == 0) continue;
            const node& n = from_[id];
            if (n.count > operands.size()) operands = buffer<int>(n.count);
            for (int i = 0; i < n.count; ++i) {
                const int operand = from_.operand(id, i);
                operands[i] = is_far(id, operand) ? again(to, operand, copy) : copy[operand];
            }
            copy[id] = to.intern({n.operation, n.dims, parameter(to, n), operands.data(), n.count});
        }
        for (int i = 0; i < from_.output_count; ++i) to.add_output(copy[from_.outputs[i]]);
    }

private:
    static constexpr int far = 3;                 // so many loops and kernels later
    static constexpr int short_vector = 64;

    [[nodiscard]] constexpr bool is_cheap(int id, const node& n) const {
        const bool suits = n.operation == operation_code<add_op> || n.operation == operation_code<subtract_op> ||
                           n.operation == operation_code<multiply_op>;
        if (!suits || n.dims.rank == 0 || n.dims.size() > short_vector) return false;
        for (int i = 0; i < n.count; ++i) {
            int leaf = from_.operand(id, i);
            if (from_[leaf].operation == operation_code<extract_op>) leaf = from_.operand(leaf, 0);
            if (from_[leaf].count > 0) return false;
        }
        return true;
    }
    [[nodiscard]] constexpr bool is_far(int reader, int id) const {
        return is_cheap_[id] != 0 && depth_[reader] >= depth_[id] + far;
    }
    [[nodiscard]] constexpr int parameter(builder& to, const node& n) const {
        if (n.operation == operation_code<symbol_op>) return to.symbol_index(from_.symbols[n.parameter]);
        return n.operation == operation_code<constant_op> ? to.number_index(from_.numbers[n.parameter]) : n.parameter;
    }
    /// The same node again; the parameter, which means nothing to it, keeps both apart.
    [[nodiscard]] constexpr int again(builder& to, int id, const buffer<int>& copy) const {
        const int both[] = {copy[from_.operand(id, 0)], copy[from_.operand(id, 1)]};
        return to.intern({from_[id].operation, from_[id].dims, 1, both, 2});
    }

    const graph_view from_;
    buffer<char> needed_;
    buffer<int> depth_;  // by node: loops and kernels before it
    buffer<char> is_cheap_;
};

}  // namespace chainfold
