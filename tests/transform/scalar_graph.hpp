// SPDX-License-Identifier: BSL-1.0
#pragma once

// Graphs of scalars, made by hand, and how many nodes of an operation a pass over them leaves.

#include <chainfold/transform/scalar_rewriter.hpp>

namespace scalar_graph {

namespace cf = chainfold;

constexpr cf::handle leaf(cf::builder& g, cf::hash_value key) {
    cf::symbol s{};
    s.key = key;
    s.name_hash = key;
    return {&g, g.make({cf::operation_code<cf::symbol_op>, cf::scalar_dimensions, g.symbol_index(s), nullptr, 0})};
}
constexpr cf::handle node(std::int32_t operation, cf::handle a, cf::handle b) {
    const int operands[] = {a.id, b.id};
    return {a.graph, a.graph->make({operation, cf::scalar_dimensions, 0, operands, 2})};
}
constexpr cf::handle times(cf::handle a, cf::handle b) { return node(cf::operation_code<cf::multiply_op>, a, b); }
constexpr cf::handle plus(cf::handle a, cf::handle b) { return node(cf::operation_code<cf::add_op>, a, b); }
constexpr cf::handle minus(cf::handle a, cf::handle b) { return node(cf::operation_code<cf::subtract_op>, a, b); }
constexpr cf::handle quotient(cf::handle a, cf::handle b) { return node(cf::operation_code<cf::divide_op>, a, b); }
constexpr cf::handle choice(cf::handle k, cf::handle a, cf::handle b) {
    const int operands[] = {k.id, a.id, b.id};
    return {a.graph, a.graph->make({cf::operation_code<cf::select_op>, cf::scalar_dimensions, 0, operands, 3})};
}

/// Nodes of an operation that the outputs need.
constexpr int count(const cf::graph_view& graph, std::int32_t operation) {
    const cf::buffer<char> needed = cf::needed_nodes(graph);
    int found = 0;
    for (int id = 0; id < graph.node_count; ++id) found += needed[id] != 0 && graph[id].operation == operation;
    return found;
}
struct operations {
    bool found = false;
    int products = 0, sums = 0;
    friend constexpr bool operator==(const operations&, const operations&) = default;
};
/// What a pass makes of a graph.
template <class Pass>
constexpr operations after(const cf::builder& g) {
    cf::builder to;
    Pass pass(to, g.view());
    for (const cf::handle& output : pass.run()) to.add_output(output.id);
    const cf::graph_view made = to.view();
    return {pass.exist(), count(made, cf::operation_code<cf::multiply_op>),
            count(made, cf::operation_code<cf::add_op>) + count(made, cf::operation_code<cf::subtract_op>)};
}

}  // namespace scalar_graph
