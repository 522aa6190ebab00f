// SPDX-License-Identifier: BSL-1.0
#pragma once

// From types to a graph: each expression type is visited once, one stack frame for each level of nesting.

#include <chainfold/expression/leaf.hpp>
#include <chainfold/graph/graph.hpp>

namespace chainfold {

/// Lowering of one kind of meaning; run(graph) gives the node.
template <class E, class Meaning = definition_of<E>>
struct lowering;

template <class E, class Op, auto Parameter, class... Operand>
struct lowering<E, call<Op, Parameter, Operand...>> {
    static constexpr int run(builder& to) {
        if (const int known = to.known(E::key); known >= 0) return known;
        const int operands[] = {lowering<Operand>::run(to)..., 0};
        return to.remember(E::key, to.make({operation_code<Op>, dimensions_of(typename E::shape_type{}), Parameter,
                                            operands, sizeof...(Operand)}));
    }
};

template <class E, number Value>
struct lowering<E, call<constant_op, Value>> {
    static constexpr int run(builder& to) { return make_constant(to, Value).id; }
};

template <class E, class Meaning>
    requires(Meaning::is_symbol)
struct lowering<E, Meaning> {
    static constexpr int run(builder& to) {
        if (const int known = to.known(E::key); known >= 0) return known;
        return to.remember(
            E::key, to.make({operation_code<symbol_op>, symbol_of<E>.dims, to.symbol_index(symbol_of<E>), nullptr, 0}));
    }
};

/// The stage that lowers expressions as they were written: one output each.
template <class... E>
struct lowered {
    static constexpr int outputs = sizeof...(E);  // enough for 20 layers, and for half a dozen formulas
    static constexpr graph_sizes guess{120 + 24 * outputs, 240 + 48 * outputs, 16, 48, 20 + outputs};
    static constexpr builder build() {
        builder to;
        (to.add_output(lowering<E>::run(to)), ...);
        return to;
    }
};

/// The graph of expressions as they were written.
template <class... E>
constexpr const auto& graph_of() {
    return graph_of_stage<lowered<E...>>();
}

}  // namespace chainfold
