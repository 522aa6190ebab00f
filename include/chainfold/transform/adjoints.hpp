// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a derivative by reverse mode means: a position in the adjoint graph of its root, a stage which is built once for
// all variables.

#include <chainfold/expression/lower.hpp>
#include <chainfold/transform/differentiate.hpp>

namespace chainfold {

/// As an operand's meaning: the cotangent of the symbol V where that of E is Seed, an expression; ∂E/∂V of a scalar if
/// there is none.
template <class E, class V, class... Seed>
struct adjoint_of {};

namespace detail {

/// The simplified graph of some expressions in a builder, and their nodes.
template <class... E>
constexpr buffer<handle> begin_simplified(builder& to) {
    const auto& source = graph_of<E...>();
    to.set_conflict(source.conflict);
    return import_graph(to, source.view());
}

constexpr int symbol_node(builder& to, const symbol& s) {
    return to.make({operation_code<symbol_op>, s.dims, to.symbol_index(s), nullptr, 0});
}

}  // namespace detail

/// The stage that differentiates by all symbols of E; its outputs are the value and the cotangents, in order.
template <class E, class... Seed>
struct adjoints {
    static constexpr graph_sizes size = graph_of<E, Seed...>().sizes;
    static constexpr graph_sizes guess{6 * size.nodes + 32, 12 * size.nodes + 64, size.numbers + 16, size.symbols,
                                       size.symbols + 1};
    static constexpr builder build() {
        builder to(simplification::simplify);
        const buffer<handle> given = detail::begin_simplified<E, Seed...>(to);
        const reverse_pass pass(given[0], given.size() > 1 ? given[1] : make_constant(to, 1));
        to.add_output(given[0].id);
        for (int i = 0; i < graph_of<E>().sizes.symbols; ++i)
            to.add_output(pass[{&to, detail::symbol_node(to, graph_of<E>().symbols[static_cast<std::size_t>(i)])}].id);
        return to;
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

/// A symbol that a derivative no longer needs may still be bound.
template <class... E>
constexpr void keep_symbols(builder& to) {
    const auto& source = graph_of<E...>();
    for (int i = 0; i < source.sizes.symbols; ++i) to.symbol_index(source.symbols[static_cast<std::size_t>(i)]);
}

}  // namespace detail

template <class Result, class E, class V, class... Seed>
struct lowering<Result, adjoint_of<E, V, Seed...>> {
    static constexpr int run(builder& to) {
        if (const int known = to.known(Result::key); known >= 0) return known;
        detail::keep_symbols<E, Seed...>(to);
        to.symbol_index(symbol_of<V>);
        return to.remember(Result::key, node_of(to));
    }
    static constexpr int node_of(builder& to) {
        if constexpr (constexpr int output = detail::adjoint_output<E, V>(); output >= 0)
            return detail::import_output(to, graph_of_stage<adjoints<E, Seed...>>().view(), output).id;
        else
            return simplification::filled(to, {}, dimensions_of(typename V::shape_type{})).id;
    }
};

template <class... X>
struct type_list {};

/// The only output of a stage as an operand's meaning.  The stage is made of the expressions E and the symbols V.
template <class Stage, class E, class V>
struct output_of {};

template <class Result, class Stage, class... E, class... V>
struct lowering<Result, output_of<Stage, type_list<E...>, type_list<V...>>> {
    static constexpr int run(builder& to) {
        if (const int known = to.known(Result::key); known >= 0) return known;
        detail::keep_symbols<E...>(to);
        (to.symbol_index(symbol_of<V>), ...);
        return to.remember(Result::key, detail::import_output(to, graph_of_stage<Stage>().view(), 0).id);
    }
};

namespace detail {
/// The type of a derivative by reverse mode.
template <Expression E, Expression V, Expression... Seed>
struct made_adjoint {
    static constexpr hash_value key_of() {
        hash_value key = combine(combine(0x6465726976u, E::key), V::key);
        ((key = combine(key, Seed::key)), ...);
        return key;
    }
    using type = typename made_as<key_of(), typename V::shape_type, adjoint_of<E, V, Seed...>>::type;
};
}  // namespace detail

}  // namespace chainfold
