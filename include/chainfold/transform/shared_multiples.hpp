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
            const int c = copy_[from_.operand(id, 0)];
            const int first = make(operation_code<multiply_op>, c, copy_[from_.operand(sum, 0)]);
            return make(from_[sum].operation, first,
                        make(operation_code<multiply_op>, c, copy_[from_.operand(sum, 1)]));
        });
    }

private:
    static constexpr bool is_rounded(const graph_view& graph, int id) {
        return (is(graph, id, operation_code<multiply_op>) && !is_multiple(graph, id)) ||
               is(graph, id, operation_code<divide_op>);
    }
    static constexpr bool shares_multiple(const graph_view& graph, int id) {
        if (!is_multiple(graph, id)) return false;
        const int c = graph.operand(id, 0), sum = graph.operand(id, 1);
        if (!is_sum(graph, sum)) return false;
        const int a = graph.operand(sum, 0), b = graph.operand(sum, 1);
        if (!is_rounded(graph, a) || !is_rounded(graph, b)) return false;
        for (int x = 0; x < graph.node_count; ++x)
            if (is_multiple(graph, x) && graph.operand(x, 0) == c &&
                (graph.operand(x, 1) == a || graph.operand(x, 1) == b))
                return true;
        return false;
    }
};

}  // namespace chainfold
