// SPDX-License-Identifier: BSL-1.0
#pragma once

// A small graph written out in scalars: every entry of every vector and matrix becomes a node, zeros disappear, and
// what is left is one sequence of arithmetic that a compiler sees through.  A Jacobian of a few entries, or a rotation
// of three coordinates, costs more in going through memory than in computing.

#include <chainfold/transform/differentiate.hpp>

namespace chainfold {

/// Which nodes the outputs depend on.
constexpr buffer<char> needed_nodes(const graph_view& graph) {
    buffer<char> needed(graph.node_count);
    for (int i = 0; i < graph.output_count; ++i) needed[graph.outputs[i]] = 1;
    for (int id = graph.node_count - 1; id >= 0; --id)
        for (int i = 0; needed[id] != 0 && i < graph[id].count; ++i) needed[graph.operand(id, i)] = 1;
    return needed;
}

/// Is nothing computed but single numbers?
constexpr bool are_all_scalars(const graph_view& graph) {
    for (int i = 0; i < graph.output_count; ++i)
        if (graph[graph.outputs[i]].dims.rank != 0) return false;
    const buffer<char> needed = needed_nodes(graph);
    for (int id = 0; id < graph.node_count; ++id)
        if (needed[id] != 0 && (graph[id].dims.rank != 0 || graph[id].operation == operation_code<extract_op>))
            return false;
    return true;
}

class scalar_expansion {
public:
    constexpr scalar_expansion(builder& to, const graph_view& from) : to_(to), from_(from), first_(from.node_count) {}

    /// Is it worth trying?  Where no zeros are put in and nothing is put together, all scalars are there already.
    static constexpr bool is_promising(const graph_view& graph) {
        const buffer<char> needed = needed_nodes(graph);
        int scalars = 0;
        bool has_structure = false;
        for (int id = 0; id < graph.node_count; ++id) {
            const std::int32_t operation = graph[id].operation;
            if (needed[id] == 0 || operation == operation_code<symbol_op>) continue;
            if (!is_supported(operation)) return false;
            has_structure =
                has_structure || operation == operation_code<embed_op> || operation == operation_code<stack_op>;
            const int inner = operation == operation_code<product_op> ? graph.operand_dims(id, 0).columns : 1;
            scalars += largest_size(graph, id) * inner;
            if (scalars > most_scalars) return false;
        }
        return has_structure || scalars <= cost(graph);
    }

    /// What computing a graph costs, about, in scalar operations, where vectors are loops that go through memory.
    static constexpr int cost(const graph_view& graph) {
        constexpr int lanes = 4, memory = 4;
        const buffer<char> needed = needed_nodes(graph);
        int sum = 0;
        for (int id = 0; id < graph.node_count; ++id) {
            const node& n = graph[id];
            if (needed[id] == 0 || n.count == 0 || n.operation == operation_code<extract_op>) continue;
            const int size = largest_size(graph, id);
            if (!rules_of(n.operation).is_elementwise)
                sum += memory + 1 + size / lanes;
            else
                sum += size == 1 ? 1 : 1 + size / lanes;
        }
        return sum;
    }

    /// The outputs, each put together from its entries.
    constexpr buffer<handle> run() {
        const buffer<char> needed = needed_nodes(from_);
        for (int id = 0; id < from_.node_count; ++id)
            if (needed[id] != 0) expand(id);
        buffer<handle> outputs;
        for (int i = 0; i < from_.output_count; ++i) {
            const int id = from_.outputs[i];
            const dimensions dims = from_[id].dims;
            outputs.push(dims.rank == 0 ? entry(id, 0)
                                        : handle{&to_, to_.intern({operation_code<stack_op>, dims, 0,
                                                                   entries_.data() + first_[id], dims.size()})});
        }
        return outputs;
    }

private:
    static constexpr int most_scalars = 4096;

    static constexpr int largest_size(const graph_view& graph, int id) {
        int size = graph[id].dims.size();
        for (int i = 0; i < graph[id].count; ++i)
            if (graph[id].operation != operation_code<extract_op> && graph.operand_dims(id, i).size() > size)
                size = graph.operand_dims(id, i).size();
        return size;
    }

    static constexpr bool is_supported(std::int32_t operation) {
        switch (operation) {
            case operation_code<symbol_op>:
            case operation_code<constant_op>:
            case operation_code<broadcast_op>:
            case operation_code<extract_op>:
            case operation_code<embed_op>:
            case operation_code<stack_op>:
            case operation_code<sum_op>:
            case operation_code<dot_op>:
            case operation_code<product_op>:
            case operation_code<outer_op>:
            case operation_code<transpose_op>:
            case operation_code<symmetric_op>:
                return true;
            default:
                return rules_of(operation).is_elementwise;
        }
    }

    /// Entry k of a node; a scalar counts for every entry.
    [[nodiscard]] constexpr handle entry(int id, int k) const {
        return {&to_, entries_[first_[id] + (from_[id].dims.size() == 1 ? 0 : k)]};
    }
    constexpr handle zero() { return make_constant(to_, 0); }

    constexpr void expand(int id) {
        const node& n = from_[id];
        buffer<int> made;
        for (int k = 0; k < n.dims.size(); ++k) made.push(expanded(id, n, k).id);
        first_[id] = entries_.size();
        for (const int e : made) entries_.push(e);
    }

    constexpr handle expanded(int id, const node& n, int k) {
        const auto x = [&](int i, int at) { return entry(from_.operand(id, i), at); };
        const auto dims = [&](int i) { return from_.operand_dims(id, i); };
        switch (n.operation) {
            case operation_code<symbol_op>: {
                const symbol& s = from_.symbols[n.parameter];
                const handle whole{&to_, to_.make({n.operation, n.dims, to_.symbol_index(s), nullptr, 0})};
                return extract(whole, k, scalar_dimensions);
            }
            case operation_code<constant_op>:
                return make_constant(to_, from_.numbers[n.parameter]);
            case operation_code<broadcast_op>:
                return x(0, k);
            case operation_code<extract_op>:
                return x(0, n.parameter + k);
            case operation_code<embed_op>: {
                const int at = k - n.parameter;
                return at >= 0 && at < dims(0).size() ? x(0, at) : zero();
            }
            case operation_code<stack_op>:
                return x(k / dims(0).size(), k % dims(0).size());
            case operation_code<transpose_op>:
                return x(0, k % n.dims.columns * n.dims.rows + k / n.dims.columns);
            case operation_code<symmetric_op>: {
                const int i = k / n.dims.columns, j = k % n.dims.columns;
                return x(0, i < j ? k : j * n.dims.columns + i);
            }
            case operation_code<outer_op>:
                return x(0, k / n.dims.columns) * x(1, k % n.dims.columns);
            case operation_code<sum_op>:
            case operation_code<dot_op>:
            case operation_code<product_op>:
                return sum_of_products(id, n, k);
            default: {
                int operands[3] = {};
                for (int i = 0; i < n.count; ++i) operands[i] = x(i, k).id;
                return {&to_, to_.make({n.operation, scalar_dimensions, n.parameter, operands, n.count})};
            }
        }
    }

    constexpr handle sum_of_products(int id, const node& n, int k) {
        const int a = from_.operand(id, 0),
                  count = n.operation == operation_code<product_op> ? from_[a].dims.columns : from_[a].dims.size();
        buffer<int> terms;
        for (int i = 0; i < count; ++i) {
            if (n.operation == operation_code<sum_op>)
                terms.push(entry(a, i).id);
            else if (n.operation == operation_code<dot_op>)
                terms.push((entry(a, i) * entry(from_.operand(id, 1), i)).id);
            else
                terms.push((entry(a, k / n.dims.columns * count + i) *
                            entry(from_.operand(id, 1), i * n.dims.columns + k % n.dims.columns))
                               .id);
        }
        return total(terms, 0, count);
    }

    // By halves: a short chain of additions, and a small error.
    constexpr handle total(const buffer<int>& terms, int begin, int end) {
        if (end - begin == 1) return {&to_, terms[begin]};
        const int middle = (begin + end) / 2;
        return total(terms, begin, middle) + total(terms, middle, end);
    }

    builder& to_;
    const graph_view from_;
    buffer<int> first_;    // by node: where its entries begin
    buffer<int> entries_;  // nodes of to_
};

/// How many numbers are divided by each node.
constexpr buffer<int> numbers_divided(const graph_view& graph, const buffer<char>& needed) {
    buffer<int> divided(graph.node_count);
    for (int id = 0; id < graph.node_count; ++id)
        if (needed[id] != 0 && graph[id].operation == operation_code<divide_op> && graph[id].dims.rank == 0)
            ++divided[graph.operand(id, 1)];
    return divided;
}
constexpr bool has_common_divisors(const graph_view& graph) {
    int quotients = 0;
    for (int id = 0; id < graph.node_count; ++id)
        quotients += graph.nodes[id].operation == operation_code<divide_op> && graph.nodes[id].dims.rank == 0;
    if (quotients < 2) return false;
    const buffer<int> divided = numbers_divided(graph, needed_nodes(graph));
    for (const int count : divided)
        if (count > 1) return true;
    return false;
}

/// Copies a graph into a builder without a rule.  Where several numbers are divided by the same number, they are
/// multiplied by its reciprocal: one division, and one more rounding.  (A divisor is no denormal number, whose
/// reciprocal overflows.)
constexpr buffer<handle> with_shared_reciprocals(builder& to, const graph_view& from) {
    buffer<int> copy(from.node_count, -1), operands;
    const buffer<char> needed = needed_nodes(from);
    const buffer<int> divided = numbers_divided(from, needed);
    for (int id = 0; id < from.node_count; ++id) {
        if (needed[id] == 0) continue;
        const node& n = from[id];
        int parameter = n.parameter;
        if (n.operation == operation_code<symbol_op>) parameter = to.symbol_index(from.symbols[n.parameter]);
        if (n.operation == operation_code<constant_op>) parameter = to.number_index(from.numbers[n.parameter]);
        if (n.count > operands.size()) operands = buffer<int>(n.count);
        for (int i = 0; i < n.count; ++i) operands[i] = copy[from.operand(id, i)];
        std::int32_t operation = n.operation;
        if (operation == operation_code<divide_op> && n.dims.rank == 0 && divided[from.operand(id, 1)] > 1) {
            operation = operation_code<multiply_op>;
            operands[1] = to.make({operation_code<reciprocal_op>, n.dims, 0, &operands[1], 1});
        }
        copy[id] = to.make({operation, n.dims, parameter, operands.data(), n.count});
    }
    buffer<handle> outputs;
    for (int i = 0; i < from.output_count; ++i) outputs.push({&to, copy[from.outputs[i]]});
    return outputs;
}

}  // namespace chainfold
