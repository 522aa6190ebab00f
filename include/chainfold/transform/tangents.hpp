// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a derivative along directions means: the stage of a forward pass.

#include <chainfold/transform/adjoints.hpp>
#include <chainfold/transform/forward.hpp>

namespace chainfold {

/// The stage of the tangent of E where the symbols V move along the expressions U, each of its symbol's shape.
template <class E, class V, class U>
struct tangent_stage;

template <class E, class... V, class... U>
struct tangent_stage<E, type_list<V...>, type_list<U...>> {
    static constexpr int count = sizeof...(V);
    static constexpr graph_sizes size = graph_of<E, U...>().sizes;
    static constexpr graph_sizes guess{4 * size.nodes + 32, 8 * size.nodes + 64, size.numbers + 16,
                                       size.symbols + count, 1};
    static constexpr builder build() {
        builder to(simplification::simplify);
        const buffer<handle> given = detail::begin_simplified<E, U...>(to);
        const handle moved[] = {{&to, detail::symbol_node(to, symbol_of<V>)}...};
        to.add_output(forward_pass(given[0])(moved, given.data() + 1, count).id);
        return to;
    }
};

namespace detail {
/// The type of a derivative along directions.
template <Expression E, class V, class U>
struct made_tangent;
template <Expression E, class... V, class... U>
struct made_tangent<E, type_list<V...>, type_list<U...>> {
    static constexpr hash_value key_of() {
        hash_value key = combine(0x74616e67u, E::key);
        ((key = combine(combine(key, V::key), U::key)), ...);
        return key;
    }
    using type = typename made_as<
        key_of(), typename E::shape_type,
        output_of<tangent_stage<E, type_list<V...>, type_list<U...>>, type_list<E, U...>, type_list<V...>>>::type;
};
}  // namespace detail

}  // namespace chainfold
