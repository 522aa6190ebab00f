// SPDX-License-Identifier: BSL-1.0
#pragma once

// What C++ offers for numbers and expressions do not have: positions as arguments, powers by ^, comparisons that are
// equalities, assignments.

#include <chainfold/expression/mistake.hpp>

namespace chainfold {

template <class... Position>
inline constexpr bool is_known_to_the_compiler = false;
template <class... Position>
struct position_as_argument : poison {
    static_assert(is_known_to_the_compiler<Position...>,
                  "a position is a template argument: element<0>(x), element<0, 1>(A), row<0>(A), slice<first, count>(x)");
};
template <class... X>
inline constexpr bool are_compared_as_numbers = false;
template <class... X>
struct equality_of_expressions : poison {
    static_assert(are_compared_as_numbers<X...>,
                  "expressions have no == and no !=: a binding is x = value, and same(a, b) asks whether two mean the same");
};
template <class Shape>
inline constexpr bool can_be_assigned_to = false;
template <class Shape>
struct assignment_to_an_expression : poison {
    static_assert(can_be_assigned_to<Shape>,
                  "an expression does not change: write a new one, auto z = x + y, instead of x += y");
};
template <class... N>
inline constexpr bool are_extents = false;
template <class... N>
struct shape_as_argument : poison {
    static_assert(are_extents<N...>,
                  "extents are template arguments: broadcast<n>(s), broadcast<m, n>(s), one_hot<n>(k), reshape<m, n>(x)");
};
template <class Shape>
struct broadcast_of_no_scalar : poison {
    static_assert(is_a_scalar<Shape>,
                  "broadcast<n>(s), broadcast<m, n>(s): s must be a scalar");
};

// ---- Positions and extents ---------------------------------------------------------------------------------------

template <Expression X, class... I>
CHAINFOLD_MISTAKE(position_as_argument<I...> element(X, I...))
template <Expression X, class... I>
CHAINFOLD_MISTAKE(position_as_argument<I...> row(X, I...))
template <Expression X, class... I>
CHAINFOLD_MISTAKE(position_as_argument<I...> slice(X, I...))
template <std::size_t First, Expression X>
CHAINFOLD_MISTAKE(position_as_argument<typename X::shape_type> slice(X))
template <Expression X, class... N>
CHAINFOLD_MISTAKE(shape_as_argument<N...> broadcast(X, N...))
template <Expression X, class... N>
CHAINFOLD_MISTAKE(shape_as_argument<N...> one_hot(X, N...))
template <Expression X, class N, class... Rest>
CHAINFOLD_MISTAKE(shape_as_argument<N, Rest...> reshape(X, N, Rest...))
template <std::size_t... N, Expression X>
    requires(sizeof...(N) > 0 && X::shape_type::rank > 0)
CHAINFOLD_MISTAKE(broadcast_of_no_scalar<typename X::shape_type> broadcast(X))

// ---- Operators ---------------------------------------------------------------------------------------------------

template <Expression X, class N>
CHAINFOLD_MISTAKE(power_of_two_arguments<N> operator^(X, N))
template <auto N, Expression X>
    requires(!std::is_integral_v<decltype(N)>)
CHAINFOLD_MISTAKE(power_of_two_arguments<decltype(N)> pow(X))

template <class A, class B>
    requires((Expression<A> || Expression<B>) && !Poisoned<A, B>)
CHAINFOLD_MISTAKE(equality_of_expressions<A, B> operator==(A, B))
template <class A, class B>
    requires((Expression<A> || Expression<B>) && !Poisoned<A, B>)
CHAINFOLD_MISTAKE(equality_of_expressions<A, B> operator!=(A, B))

template <Expression X, class Y>
    requires(!Poisoned<Y>)
CHAINFOLD_MISTAKE(assignment_to_an_expression<typename X::shape_type> operator+=(X, Y))
template <Expression X, class Y>
    requires(!Poisoned<Y>)
CHAINFOLD_MISTAKE(assignment_to_an_expression<typename X::shape_type> operator-=(X, Y))
template <Expression X, class Y>
    requires(!Poisoned<Y>)
CHAINFOLD_MISTAKE(assignment_to_an_expression<typename X::shape_type> operator*=(X, Y))
template <Expression X, class Y>
    requires(!Poisoned<Y>)
CHAINFOLD_MISTAKE(assignment_to_an_expression<typename X::shape_type> operator/=(X, Y))
template <class X, class Y>
    requires Poisoned<X, Y>
constexpr poison operator+=(X&&, const Y&) {
    return {};
}
template <class X, class Y>
    requires Poisoned<X, Y>
constexpr poison operator-=(X&&, const Y&) {
    return {};
}
template <class X, class Y>
    requires Poisoned<X, Y>
constexpr poison operator*=(X&&, const Y&) {
    return {};
}
template <class X, class Y>
    requires Poisoned<X, Y>
constexpr poison operator/=(X&&, const Y&) {
    return {};
}

}  // namespace chainfold
