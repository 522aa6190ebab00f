// SPDX-License-Identifier: BSL-1.0
#pragma once

// Multiples in a graph of scalars that share what they are multiples of:
//
//     c a, c (a - b)   as   c a, c a - c b,   where a and b have been rounded already.
//
// Then c may be a factor of a that is ready before a is (scalar_products.hpp), and nothing waits for two products.

#include <chainfold/transform/scalar_rewriter.hpp>

namespace chainfold {

class shared_multiples : scalar_rewriter {
public:
    constexpr shared_multiples(builder& to, const graph_view& from) : scalar_rewriter(to, from) {}

    /// Is there a multiple of a sum, and one of its terms?
    static constexpr bool suits(const graph_view& graph) {
        for (int id = 0; id < graph.node_count; ++id)
            if (shares_multiple(graph, id)) return true;
        return false;
    }

    /// The outputs, in `to`.
    constexpr buffer<handle> run() {
        return rewrite([this](int id) {
            if (!shares_multiple(from_, id) || uses_[from_.operand(id, 1)] != 1) return copied(id);
            const int sum = from_.operand(id, 1);
            const int terms[] = {times(from_.operand(id, 0), from_.operand(sum, 0)),
                                 times(from_.operand(id, 0), from_.operand(sum, 1))};
            return to_.make({from_[sum].operation, scalar_dimensions, 0, terms, 2});
        });
    }

private:
    static constexpr bool is(const graph_view& graph, int id, std::int32_t operation) {
        return graph[id].operation == operation;
    }
    static constexpr bool is_multiple(const graph_view& graph, int id) {
        return is(graph, id, operation_code<multiply_op>) &&
               is(graph, graph.operand(id, 0), operation_code<constant_op>);
    }
    static constexpr bool is_rounded(const graph_view& graph, int id) {
        return (is(graph, id, operation_code<multiply_op>) && !is_multiple(graph, id)) ||
               is(graph, id, operation_code<divide_op>);
    }
    static constexpr bool shares_multiple(const graph_view& graph, int id) {
        if (!is_multiple(graph, id)) return false;
        const int c = graph.operand(id, 0), sum = graph.operand(id, 1);
        if (!is(graph, sum, operation_code<add_op>) && !is(graph, sum, operation_code<subtract_op>)) return false;
        const int a = graph.operand(sum, 0), b = graph.operand(sum, 1);
        if (!is_rounded(graph, a) || !is_rounded(graph, b)) return false;
        for (int x = 0; x < graph.node_count; ++x)
            if (is_multiple(graph, x) && graph.operand(x, 0) == c &&
                (graph.operand(x, 1) == a || graph.operand(x, 1) == b))
                return true;
        return false;
    }
    constexpr int times(int c, int x) {
        const int operands[] = {copy_[c], copy_[x]};
        return to_.make({operation_code<multiply_op>, scalar_dimensions, 0, operands, 2});
    }
};

}  // namespace chainfold
