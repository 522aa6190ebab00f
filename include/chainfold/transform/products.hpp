// SPDX-License-Identifier: BSL-1.0
#pragma once

// Products with a Jacobian or a Hessian that is never formed: one pass each, whatever the number of entries.
// Directions are expressions; where they depend on the symbol themselves, they are held fixed.

#include <chainfold/transform/jacobian.hpp>

namespace chainfold {

template <class Symbol, class Direction>
inline constexpr bool has_the_shape_of = false;
template <class V, class U>
struct direction_mismatch : poison {
    static_assert(has_the_shape_of<V, U>,
                  "a derivative along u: the direction u must have the shape of its symbol v");
};
template <class E, class U>
struct cotangent_mismatch : poison {
    static_assert(has_the_shape_of<E, U>,
                  "vector_jacobian_product(e, v, u): u must have the shape of e");
};
template <std::size_t Arguments>
inline constexpr bool is_symbols_and_directions = false;
template <std::size_t Arguments>
struct direction_missing : poison {
    static_assert(is_symbols_and_directions<Arguments>,
                  "a product along directions: name a symbol and its direction, v, u, or several, v, u, w, t");
};

namespace detail {

/// v, u, w, t, …: symbols, and for each a direction; what is wrong with them otherwise.
template <class V, class U, class... A>
struct directions {
    using mistake = direction_missing<sizeof...(A)>;
    static constexpr bool are_right = false;
};
template <class... V, class... U>
    requires(sizeof...(V) > 0)
struct directions<type_list<V...>, type_list<U...>> {
    using symbols = type_list<V...>;
    using along = type_list<U...>;
    static constexpr bool are_right = true;
};
template <class... V, class... U, class First, class Second, class... Rest>
    requires(Symbol<First> && Expression<Second>)
struct directions<type_list<V...>, type_list<U...>, First, Second, Rest...>
    : directions<type_list<V..., First>, type_list<U..., Second>, Rest...> {};
template <class... V, class... U, class First, class Second, class... Rest>
    requires(Symbol<First> && Expression<Second> &&
             !std::is_same_v<typename First::shape_type, typename Second::shape_type>)
struct directions<type_list<V...>, type_list<U...>, First, Second, Rest...> {
    using mistake = direction_mismatch<typename First::shape_type, typename Second::shape_type>;
    static constexpr bool are_right = false;
};
template <class V, class U, class First, class Second, class... Rest>
    requires(!Symbol<First>)
struct directions<V, U, First, Second, Rest...> {
    using mistake = by_no_symbol<First>;
    static constexpr bool are_right = false;
};
template <class V, class U, class First, class Second, class... Rest>
    requires(Symbol<First> && PlainValue<Second>)
struct directions<V, U, First, Second, Rest...> {
    using mistake = typename first_plain<Second>::type;
    static constexpr bool are_right = false;
};

template <class... A>
using directions_in = directions<type_list<>, type_list<>, A...>;
template <class E, class... A>
using tangent_along = typename made_tangent<E, typename directions_in<A...>::symbols,
                                            typename directions_in<A...>::along>::type;
template <class First, class... Rest>
using first_of = First;

}  // namespace detail

/// Symbols, each followed by a direction of its shape.
template <class... A>
concept Directions = detail::directions_in<A...>::are_right;
/// Arguments that were meant to be.
template <class... A>
concept WrongDirections = !Poisoned<A...> && !detail::directions_in<A...>::are_right;

/// Σ ∂e/∂v · u over the pairs v, u: how e changes as the symbol v moves along u, which has v's shape; in e's shape,
/// whatever that is.  One forward pass.
template <Expression E, class... A>
    requires Directions<A...>
constexpr detail::tangent_along<E, A...> jacobian_vector_product(E, A...) {
    return {};
}

/// uᵀ ∂e/∂v, for u of e's shape; in v's shape.  One reverse pass, the same for all symbols.
template <Expression E, Symbol V, Expression U>
    requires(std::is_same_v<typename E::shape_type, typename U::shape_type>)
constexpr typename detail::made_adjoint<E, V, U>::type vector_jacobian_product(E, V, U) {
    return {};
}

/// ∂²e/∂v² · u of a scalar e, for u of v's shape; in v's shape.  With further pairs w, t the rest of the row is added,
/// ∂²e/∂v∂w · t, so that the first symbol says which part of the product it is.  Forward mode over the gradient: about
/// twice what the gradient costs, whatever the number of entries.
template <Expression E, Symbol V, Expression U, class... A>
    requires(E::shape_type::rank == 0 && Directions<V, U, A...>)
constexpr auto hessian_vector_product(E e, V v, U u, A... more) {
    return jacobian_vector_product(derivative(e, v), v, u, more...);
}

template <class E, class... A>
    requires Poisoned<E, A...>
constexpr poison jacobian_vector_product(const E&, const A&...) {
    return {};
}
template <NoExpression E, class... A>
    requires(!Poisoned<A...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> jacobian_vector_product(const E&, const A&...))
template <Expression E, class... A>
    requires WrongDirections<A...>
CHAINFOLD_MISTAKE(typename detail::directions_in<A...>::mistake jacobian_vector_product(E, A...))

template <class E, class... A>
    requires Poisoned<E, A...>
constexpr poison hessian_vector_product(const E&, const A&...) {
    return {};
}
template <NoExpression E, class... A>
    requires(!Poisoned<A...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> hessian_vector_product(const E&, const A&...))
template <Expression E, class... A>
    requires(E::shape_type::rank > 0 && !Poisoned<A...>)
CHAINFOLD_MISTAKE(hessian_of_no_scalar<typename E::shape_type> hessian_vector_product(E, A...))
template <Expression E, class... A>
    requires(E::shape_type::rank == 0 && WrongDirections<A...>)
CHAINFOLD_MISTAKE(typename detail::directions_in<A...>::mistake hessian_vector_product(E, A...))

template <class E, class V, class U>
    requires Poisoned<E, V, U>
constexpr poison vector_jacobian_product(const E&, const V&, const U&) {
    return {};
}
template <NoExpression E, class... A>
    requires(!Poisoned<A...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> vector_jacobian_product(const E&, const A&...))
template <Expression E, class... A>
    requires(sizeof...(A) < 2 && !Poisoned<A...>)
CHAINFOLD_MISTAKE(direction_missing<sizeof...(A)> vector_jacobian_product(E, A...))
template <Expression E, class V, class U>
    requires(!Poisoned<V, U> && !Symbol<V>)
CHAINFOLD_MISTAKE(detail::by_no_symbol<V> vector_jacobian_product(E, V, U))
template <Expression E, Symbol V, PlainValue U>
CHAINFOLD_MISTAKE(typename detail::first_plain<U>::type vector_jacobian_product(E, V, U))
template <Expression E, Symbol V, Expression U>
    requires(!std::is_same_v<typename E::shape_type, typename U::shape_type>)
CHAINFOLD_MISTAKE(cotangent_mismatch<typename E::shape_type, typename U::shape_type> vector_jacobian_product(E, V, U))

}  // namespace chainfold
