// SPDX-License-Identifier: BSL-1.0
#pragma once

// One name must mean one thing in an expression.  Whoever lowers an expression asks here first.

#include <chainfold/transform/derivative.hpp>

namespace chainfold {

/// No name in these expressions stands for two different symbols.
template <class... E>
concept Consistent = (Expression<E> && ...) && !graph_of<E...>().conflict.found();
template <class... E>
concept Inconsistent = (Expression<E> && ...) && graph_of<E...>().conflict.found();

namespace detail {
/// Does V's name belong to another symbol in E?
template <class E, class V>
constexpr bool has_another_meaning() {
    const auto& graph = graph_of<E>();
    for (int i = 0; i < graph.sizes.symbols; ++i) {
        const symbol& s = graph.symbols[static_cast<std::size_t>(i)];
        if (s.name == symbol_of<V>.name && s.key != V::key) return true;
    }
    return false;
}
}  // namespace detail

/// Nor do the symbols that E is differentiated by.
template <class E, class... V>
concept ConsistentWith = Consistent<E> && (!detail::has_another_meaning<E, V>() && ...);

template <fixed_string Name>
inline constexpr bool has_one_meaning = false;
template <fixed_string Name, class First, class Second>
struct symbol_with_two_meanings : poison {
    static_assert(has_one_meaning<Name>,
                  "one name, two meanings: a name must have one shape, and be either an input or a parameter");
};

namespace detail {
template <class... E>
struct conflict_between {};
template <class... E>
    requires Inconsistent<E...>
struct conflict_between<E...> {
    static constexpr const auto& graph = graph_of<E...>();
    static constexpr const symbol& first = graph.symbols[static_cast<std::size_t>(graph.conflict.first)];
    using type = symbol_with_two_meanings<fixed_copy<first.name.size()>(first.name), extents_of<first.dims>,
                                          extents_of<graph.conflict.other>>;
};
}  // namespace detail

/// The verdict on expressions that are not consistent.
template <class... E>
using symbol_conflict_in = typename detail::conflict_between<E...>::type;

}  // namespace chainfold
