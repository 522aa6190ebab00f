// SPDX-License-Identifier: BSL-1.0
#pragma once

// The leaves that users write: input<"x", 2>, parameter<"W", 3, 2>, and numbers, 2_c.

#include <chainfold/expression/expression.hpp>

namespace chainfold {

template <std::size_t... Extents>
inline constexpr bool is_a_symbol = false;
template <std::size_t... Extents>
struct symbol_of_no_shape : poison {
    static_assert(is_a_symbol<Extents...>,
                  "input, parameter: a name is needed, and at most two extents, each at least 1");
};

namespace detail {

template <fixed_string Name, std::size_t... Extents>
inline constexpr bool names_a_symbol = Name.view().size() > 0 && sizeof...(Extents) < 3 && ((Extents > 0) && ...);

template <fixed_string Name, class Shape, bool Trained>
struct made_symbol {
    static constexpr hash_value key =
        combine(combine(combine(Trained ? 0x7061u : 0x696eu, Name.view()), dimensions_of(Shape{})), 0x53u);
    using type = typename made_as<key, Shape, named<Name, Shape, Trained>>::type;
};

template <fixed_string Name, bool Trained, std::size_t... Extents>
struct symbol_from : made_symbol<Name, extents<Extents...>, Trained> {};
template <fixed_string Name, bool Trained, std::size_t... Extents>
    requires(!names_a_symbol<Name, Extents...>)
struct symbol_from<Name, Trained, Extents...> {
    using type = symbol_of_no_shape<Extents...>;
};
template <fixed_string Name, std::size_t... Extents>
using input_of = typename symbol_from<Name, false, Extents...>::type;
template <fixed_string Name, std::size_t... Extents>
using parameter_of = typename symbol_from<Name, true, Extents...>::type;

}  // namespace detail

/// Data: a scalar input<"s">, a vector input<"x", n> or a matrix input<"A", m, n>.
template <fixed_string Name, std::size_t... Extents>
inline constexpr detail::input_of<Name, Extents...> input{};

/// What is trained: a scalar, vector or matrix, named as in input.
template <fixed_string Name, std::size_t... Extents>
inline constexpr detail::parameter_of<Name, Extents...> parameter{};

namespace detail {
template <number Value>
struct made_constant {
    using type = make_expression<constant_op, Value, extents<>>;
};
template <int N>
struct made_integer {
    static constexpr number value = math::from_integer(N);
    using type = typename made_constant<value>::type;
};
}  // namespace detail

/// A number as an expression; what the suffix _c makes.
template <number Value>
using constant = typename detail::made_constant<Value>::type;

/// An input or a parameter.
template <class E>
concept Symbol = Expression<E> && definition_of<std::remove_cvref_t<E>>::is_symbol;

/// The name of a symbol, for the verdicts that speak of it.
template <Symbol S>
inline constexpr auto name_of = fixed_copy<definition_of<S>::name.size()>(definition_of<S>::name);

/// The entry of a symbol in a graph.
template <Symbol S>
inline constexpr symbol symbol_of{definition_of<S>::name, dimensions_of(typename S::shape_type{}),
                                  definition_of<S>::is_trained, S::key, combine(0, definition_of<S>::name)};

}  // namespace chainfold
