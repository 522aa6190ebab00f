// SPDX-License-Identifier: BSL-1.0
#pragma once

// Quotients of quotients in a graph of scalars, as the chain rule leaves them of log(v / b):
//
//     (u / (v / b)) / b = u / v,     (u / b) / (v / b) = u / v,     b (u / b) = u,
//
// also where u is part of a product or of another quotient.  Where b is 0 or infinite, the right side has a value and
// the left has none.

#include <chainfold/transform/scalar_rewriter.hpp>

namespace chainfold {

class quotient_canceller : scalar_rewriter {
public:
    constexpr quotient_canceller(builder& to, const graph_view& from) : scalar_rewriter(to, from) {}

    /// Is there a quotient of quotients?
    static constexpr bool suits(const graph_view& graph) {
        int divided = 0;
        for (int id = 0; id < graph.node_count; ++id)
            if (graph[id].operation == operation_code<divide_op> || graph[id].operation == operation_code<multiply_op>)
                for (int i = 0; i < 2; ++i) divided += is_quotient(graph, graph.operand(id, i));
        return divided > 0;
    }

    /// The outputs, in `to`.
    constexpr buffer<handle> run() {
        return rewrite([this](int id) { return rewritten(id); });
    }

private:
    static constexpr int most_depth = 4;

    static constexpr bool is_quotient(const graph_view& graph, int id) {
        return graph[id].operation == operation_code<divide_op> || graph[id].operation == operation_code<reciprocal_op>;
    }
    /// x = u / e, where u = 1 may be missing.
    struct quotient {
        handle u{}, e{};
        [[nodiscard]] constexpr bool exists() const { return e.exists(); }
    };
    static constexpr quotient quotient_of(handle x) {
        if (x.operation() == operation_code<divide_op>) return {x.operand(0), x.operand(1)};
        if (x.operation() == operation_code<reciprocal_op>) return {{}, x.operand(0)};
        return {};
    }
    constexpr handle make(std::int32_t operation, handle a, handle b) {
        return {&to_, scalar_rewriter::make(operation, a.id, b.id)};
    }
    constexpr handle divided(handle u, handle v) {
        if (u.exists()) return make(operation_code<divide_op>, u, v);
        return {&to_, to_.make({operation_code<reciprocal_op>, scalar_dimensions, 0, &v.id, 1})};
    }

    /// x / d, if something cancels; nothing otherwise.
    constexpr handle cancelled(handle x, handle d, int depth) {
        if (x.operation() == operation_code<multiply_op>) {
            for (int i = 0; i < 2 && depth < most_depth; ++i)
                if (const handle part = cancelled(x.operand(i), d, depth + 1); part.exists())
                    return make(operation_code<multiply_op>, part, x.operand(1 - i));
            return {};
        }
        const quotient q = quotient_of(x), of_divisor = quotient_of(d);
        if (!q.exists()) return {};
        const quotient inner = quotient_of(q.e);
        if (inner.u.exists() && inner.e.is(d)) return divided(q.u, inner.u);
        if (of_divisor.u.exists() && of_divisor.e.is(q.e)) return divided(q.u, of_divisor.u);
        if (!q.u.exists() || depth == most_depth) return {};
        const handle part = cancelled(q.u, d, depth + 1);
        return part.exists() ? divided(part, q.e) : handle{};
    }

    /// b x, if b cancels; nothing otherwise.
    constexpr handle without_divisor(handle x, handle b, int depth) {
        if (x.operation() == operation_code<multiply_op>) {
            for (int i = 0; i < 2 && depth < most_depth; ++i)
                if (const handle part = without_divisor(x.operand(i), b, depth + 1); part.exists())
                    return make(operation_code<multiply_op>, part, x.operand(1 - i));
            return {};
        }
        const quotient q = quotient_of(x);
        if (!q.u.exists()) return {};
        if (q.e.is(b)) return q.u;
        if (q.u.operation() == operation_code<reciprocal_op> && q.u.operand(0).is(b)) return divided({}, q.e);
        if (depth == most_depth) return {};
        const handle part = without_divisor(q.u, b, depth + 1);
        return part.exists() ? divided(part, q.e) : handle{};
    }

    constexpr int rewritten(int id) {
        const node& n = from_[id];
        if (n.operation == operation_code<multiply_op>)
            for (int i = 0; i < 2; ++i) {
                const handle b{&to_, copy_[from_.operand(id, i)]}, x{&to_, copy_[from_.operand(id, 1 - i)]};
                if (const handle product = without_divisor(x, b, 0); product.exists()) return product.id;
            }
        if (n.operation == operation_code<divide_op>)
            if (const handle x = quotient_without_common(id); x.exists()) return x.id;
        return copied(id);
    }
    // Of a sum that nobody else needs, both terms.
    constexpr handle quotient_without_common(int id) {
        const handle x{&to_, copy_[from_.operand(id, 0)]}, d{&to_, copy_[from_.operand(id, 1)]};
        const bool is_sum = x.operation() == operation_code<add_op> || x.operation() == operation_code<subtract_op>;
        if (!is_sum) return cancelled(x, d, 0);
        if (uses_[from_.operand(id, 0)] > 1) return {};
        const handle a = cancelled(x.operand(0), d, 0), b = a.exists() ? cancelled(x.operand(1), d, 0) : handle{};
        return b.exists() ? make(x.operation(), a, b) : handle{};
    }
};

}  // namespace chainfold
