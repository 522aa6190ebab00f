// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a derivative means: a position in the adjoint graph of its root, a stage which is built once for all variables.

#include <chainfold/expression/lower.hpp>
#include <chainfold/transform/differentiate.hpp>

namespace chainfold {

/// ∂E/∂V as an operand's meaning.
template <class E, class V>
struct derivative_of {};

namespace detail {

/// A builder that holds the simplified graph of E, and E's node.
template <class E>
constexpr handle begin_simplified(builder& to) {
    const auto& source = graph_of<E>();
    to.set_conflict(source.conflict);
    return import_graph(to, source.view())[0];
}

constexpr int symbol_node(builder& to, const symbol& s) {
    return to.make({operation_code<symbol_op>, s.dims, to.symbol_index(s), nullptr, 0});
}

}  // namespace detail

/// The stage that differentiates a scalar: its outputs are the value and the cotangents of all symbols, in order.
template <class E>
struct adjoints {
    static constexpr graph_sizes size = graph_of<E>().sizes;
    static constexpr graph_sizes guess{6 * size.nodes + 32, 12 * size.nodes + 64, size.numbers + 16, size.symbols,
                                       size.symbols + 1};
    static constexpr builder build() {
        builder to(simplification::simplify);
        const handle root = detail::begin_simplified<E>(to);
        const reverse_pass pass(root, make_constant(to, 1));
        to.add_output(root.id);
        for (int i = 0; i < size.symbols; ++i)
            to.add_output(pass[{&to, detail::symbol_node(to, graph_of<E>().symbols[static_cast<std::size_t>(i)])}].id);
        return to;
    }
};

/// The stage that differentiates a vector by one symbol, an entry at a time; one output, the Jacobian.
template <class E, class V>
struct jacobian_rows {
    static constexpr graph_sizes size = graph_of<E>().sizes;
    static constexpr int rows = static_cast<int>(E::shape_type::size);
    static constexpr graph_sizes guess{6 * size.nodes + 16 * rows + 32, 12 * size.nodes + 40 * rows + 64,
                                       size.numbers + 16, size.symbols + 1, 1};
    static constexpr builder build() {
        builder to(simplification::simplify);
        const handle root = detail::begin_simplified<E>(to);
        const handle variable{&to, detail::symbol_node(to, symbol_of<V>)};
        buffer<int> entries(rows);
        for (int i = 0; i < rows; ++i)
            entries[i] = reverse_pass(root, embed(make_constant(to, 1), i, root.dims()))[variable].id;
        to.add_output(to.make({operation_code<stack_op>, result(variable.dims()), 0, entries.data(), rows}));
        return to;
    }
    static constexpr dimensions result(const dimensions& v) {
        return v.rank == 0 ? vector_dimensions(rows) : matrix_dimensions(rows, v.rows);
    }
};

namespace detail {

/// The position of V among the outputs of adjoints<E>; −1 if E does not depend on it.
template <class E, class V>
constexpr int adjoint_output() {
    for (int i = 0; i < graph_of<E>().sizes.symbols; ++i)
        if (graph_of<E>().symbols[static_cast<std::size_t>(i)].key == V::key) return i + 1;
    return -1;
}

// Brings one output of a finished graph into another builder.
constexpr handle import_output(builder& to, const graph_view& from, int output) {
    graph_view part = from;
    part.outputs = from.outputs + output;
    part.output_count = 1;
    return import_graph(to, part)[0];
}

}  // namespace detail

template <class Result, class E, class V>
struct lowering<Result, derivative_of<E, V>> {
    static constexpr int run(builder& to) {
        if (const int known = to.known(Result::key); known >= 0) return known;
        const auto& source = graph_of<E>();  // a symbol that the derivative no longer needs may still be bound
        for (int i = 0; i < source.sizes.symbols; ++i) to.symbol_index(source.symbols[static_cast<std::size_t>(i)]);
        to.symbol_index(symbol_of<V>);
        return to.remember(Result::key, node_of(to));
    }
    static constexpr int node_of(builder& to) {
        if constexpr (E::shape_type::rank == 1)
            return detail::import_output(to, graph_of_stage<jacobian_rows<E, V>>().view(), 0).id;
        else if constexpr (detail::adjoint_output<E, V>() >= 0)
            return detail::import_output(to, graph_of_stage<adjoints<E>>().view(), detail::adjoint_output<E, V>()).id;
        else
            return simplification::filled(to, {}, dimensions_of(typename V::shape_type{})).id;
    }
};

}  // namespace chainfold
