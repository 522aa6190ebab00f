// SPDX-License-Identifier: BSL-1.0
#pragma once

// derivative, gradient, value_and_gradient: what users ask for.

#include <chainfold/expression/function.hpp>
#include <chainfold/transform/jacobian_matrix.hpp>
#include <chainfold/transform/tangents.hpp>

namespace chainfold {

namespace detail {

template <class E, class V>
inline constexpr auto derivative_shape = no_dimensions;
template <std::size_t... N>
inline constexpr auto derivative_shape<extents<>, extents<N...>> = dimensions_of(extents<N...>{});
template <std::size_t... M>
    requires(sizeof...(M) > 0)
inline constexpr auto derivative_shape<extents<M...>, extents<>> = dimensions_of(extents<M...>{});
template <std::size_t M, std::size_t N>
inline constexpr auto derivative_shape<extents<M>, extents<N>> = dimensions_of(extents<M, N>{});

/// A scalar by reverse mode; anything by a scalar by forward mode; a vector by a vector as a Jacobian.
template <class E, class V>
struct made_derivative {};
template <class E, class V>
    requires(E::shape_type::rank == 1 && V::shape_type::rank == 1)
struct made_derivative<E, V> : made_jacobian<E, V, mode::by_shape> {};
template <class E, class V>
    requires(E::shape_type::rank == 0 && V::shape_type::rank >= 0)
struct made_derivative<E, V> : made_adjoint<E, V> {};
template <class E, class V>
    requires(E::shape_type::rank > 0 && V::shape_type::rank == 0)
struct made_derivative<E, V> : made_tangent<E, type_list<V>, type_list<integer<1>>> {};

}  // namespace detail

/// Something that has a derivative by a symbol: a scalar by anything, anything by a scalar, a vector by a vector.
template <class E, class V>
concept Differentiable =
    Expression<E> && Symbol<V> && detail::derivative_shape<typename E::shape_type, typename V::shape_type>.rank >= 0;

/// ∂e/∂v for an input or parameter v: v's shape if e is a scalar, e's shape if v is one, the Jacobian m × n if both are
/// vectors.  An expression again; zeros where e does not depend on v.
template <class E, class V>
    requires Differentiable<E, V>
constexpr typename detail::made_derivative<E, V>::type derivative(E, V) {
    return {};
}

template <class V>
inline constexpr bool is_one_symbol = false;
template <class V>
struct derivative_by_no_symbol : poison {
    static_assert(is_one_symbol<V>,
                  "derivative, gradient, jacobian, hessian, taylor, ... by v: v must be an input or a parameter");
};
template <class E>
inline constexpr bool has_a_symbol_beside_it = false;
template <class E>
struct derivative_by_nothing : poison {
    static_assert(has_a_symbol_beside_it<E>,
                  "derivative(e, v), gradient(e, v, ...), jacobian(e, v), hessian(e, v): name the input or parameter v");
};
template <class E, class V>
inline constexpr bool result_has_rank_two_or_less = false;
template <class E, class V>
struct derivative_of_high_rank : poison {
    static_assert(result_has_rank_two_or_less<E, V>,
                  "derivative(e, v) has more than two axes: write jacobian(flatten(e), v), a matrix");
};

namespace detail {
template <class X>
struct shown_in_message {
    using type = X;
};
template <Expression E>
struct shown_in_message<E> {
    using type = typename E::shape_type;
};

/// The verdict on the first of these that is no symbol.
template <class... V>
struct first_no_symbol {};
template <class First, class... Rest>
    requires(Symbol<First>)
struct first_no_symbol<First, Rest...> : first_no_symbol<Rest...> {};
template <class First, class... Rest>
    requires(!Symbol<First>)
struct first_no_symbol<First, Rest...> {
    using type = derivative_by_no_symbol<typename shown_in_message<First>::type>;
};
template <class... V>
using by_no_symbol = typename first_no_symbol<V...>::type;
}  // namespace detail

template <class E>
struct gradient_of_no_scalar : poison {
    static_assert(is_a_scalar<E>,
                  "gradient(e, ...): e must be a scalar; write sum(e) or a loss such as squared_error");
};

template <class E, class V>
    requires Poisoned<E, V>
constexpr poison derivative(const E&, const V&) {
    return {};
}
template <Expression E, class V>
    requires(!Poisoned<V> && !Symbol<V>)
CHAINFOLD_MISTAKE(detail::by_no_symbol<V> derivative(E, V))
template <NoExpression E, class V>
    requires(!Poisoned<V>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> derivative(const E&, const V&))
template <Expression E>
CHAINFOLD_MISTAKE(derivative_by_nothing<typename E::shape_type> derivative(E))
template <Expression E, Symbol V>
    requires(!Differentiable<E, V>)
CHAINFOLD_MISTAKE(derivative_of_high_rank<typename E::shape_type, typename V::shape_type> derivative(E, V))

/// What value_and_gradient and gradient stand for: the loss's value and its derivatives by these symbols.
template <bool WithValue, class Loss, class... V>
struct gradient_request {
    static constexpr bool with_value = WithValue;
    using loss_type = Loss;
};

template <class E, class... V>
concept HasGradient = Expression<E> && (Symbol<V> && ...) && E::shape_type::rank == 0;

/// The derivatives of a scalar by all the symbols given, at once.
template <class E, class... V>
    requires HasGradient<E, V...>
constexpr gradient_request<false, E, V...> gradient(E, V...) {
    return {};
}
/// The value of a scalar and its derivatives by all the symbols given, at once.
template <class E, class... V>
    requires HasGradient<E, V...>
constexpr gradient_request<true, E, V...> value_and_gradient(E, V...) {
    return {};
}

/// What gradient_descent stands for: one step of plain gradient descent on the loss.
template <class Loss, class... V>
struct descent_request {
    using loss_type = Loss;
};

namespace detail {
struct a_gradient;
template <bool WithValue, class Loss, class... V>
struct shown_in_message<gradient_request<WithValue, Loss, V...>> {
    using type = a_gradient;
};
template <class Loss, class... V>
struct shown_in_message<descent_request<Loss, V...>> {
    using type = a_gradient;
};
}  // namespace detail

/// A step of gradient descent: compiled and called, it moves each symbol's numbers, v ← v − η ∂e/∂v, and returns e as it
/// was before.  η is bound as learning_rate = …, what is moved as v = in_place(…); with batches, e is the mean.
template <class E, class... V>
    requires(HasGradient<E, V...> && sizeof...(V) > 0)
constexpr descent_request<E, V...> gradient_descent(E, V...) {
    return {};
}

template <class E, class... V>
    requires Poisoned<E, V...>
constexpr poison gradient_descent(const E&, const V&...) {
    return {};
}
template <Expression E, class... V>
    requires(E::shape_type::rank > 0 && !Poisoned<V...>)
CHAINFOLD_MISTAKE(gradient_of_no_scalar<typename E::shape_type> gradient_descent(E, V...))
template <Expression E, class... V>
    requires(E::shape_type::rank == 0 && !Poisoned<V...> && !(Symbol<V> && ...))
CHAINFOLD_MISTAKE(detail::by_no_symbol<V...> gradient_descent(E, V...))

template <class E, class... V>
    requires Poisoned<E, V...>
constexpr poison gradient(const E&, const V&...) {
    return {};
}
template <class E, class... V>
    requires Poisoned<E, V...>
constexpr poison value_and_gradient(const E&, const V&...) {
    return {};
}
template <NoExpression E, class... V>
    requires(!Poisoned<V...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> gradient(const E&, const V&...))
template <NoExpression E, class... V>
    requires(!Poisoned<V...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> value_and_gradient(const E&, const V&...))
template <NoExpression E, class... V>
    requires(!Poisoned<V...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> gradient_descent(const E&, const V&...))
template <Expression E>
    requires(E::shape_type::rank == 0)
CHAINFOLD_MISTAKE(derivative_by_nothing<typename E::shape_type> gradient_descent(E))
template <Expression E, class... V>
    requires(E::shape_type::rank > 0 && !Poisoned<V...>)
CHAINFOLD_MISTAKE(gradient_of_no_scalar<typename E::shape_type> gradient(E, V...))
template <Expression E, class... V>
    requires(E::shape_type::rank > 0 && !Poisoned<V...>)
CHAINFOLD_MISTAKE(gradient_of_no_scalar<typename E::shape_type> value_and_gradient(E, V...))
template <Expression E, class... V>
    requires(E::shape_type::rank == 0 && !Poisoned<V...> && !(Symbol<V> && ...))
CHAINFOLD_MISTAKE(detail::by_no_symbol<V...> gradient(E, V...))
template <Expression E, class... V>
    requires(E::shape_type::rank == 0 && !Poisoned<V...> && !(Symbol<V> && ...))
CHAINFOLD_MISTAKE(detail::by_no_symbol<V...> value_and_gradient(E, V...))

}  // namespace chainfold
