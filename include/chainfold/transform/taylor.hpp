// SPDX-License-Identifier: BSL-1.0
#pragma once

// taylor and taylor_coefficients: derivatives of high order along a direction.

#include <chainfold/transform/products.hpp>
#include <chainfold/transform/taylor_series.hpp>

namespace chainfold {

namespace detail {

/// The stage of the coefficients 0 … N of E where V moves along U, one below another; or with Sum, of their sum.  A
/// scalar's powers of U are put in last, by Horner's rule: its coefficients are derivatives.
template <int N, class E, class V, class U, bool Sum, class Shape>
struct taylor_stage {
    static constexpr bool is_in_order = true;  // of powers, in which it is printed
    static constexpr graph_sizes size = graph_of<E, U>().sizes;
    static constexpr int room = (N + 1) * (N + 4) / 2;
    static constexpr graph_sizes guess{room * size.nodes + 32, 2 * room * size.nodes + 64, size.numbers + 2 * N + 16,
                                       size.symbols + 1, 1};
    static constexpr bool by_powers = Sum && V::shape_type::rank == 0;

    static constexpr builder build() {
        builder to(simplification::simplify);
        const buffer<handle> given = begin_simplified<E, U>(to);
        const handle variable{&to, symbol_node(to, symbol_of<V>)}, h = given[1];
        const buffer<handle> c = taylor_series(variable, by_powers ? make_constant(to, 1) : h, N)(given[0]);
        if constexpr (Sum) {
            handle total = c[N];
            for (int k = N - 1; k >= 0; --k) total = c[k] + (by_powers ? h * total : total);
            to.add_output(total.id);
        } else {
            buffer<int> rows(N + 1);
            for (int k = 0; k <= N; ++k) rows[k] = c[k].id;
            to.add_output(make_node(to, operation_code<stack_op>, rows.data(), N + 1, dimensions_of(Shape{})).id);
        }
        return to;
    }
};

template <std::size_t Count, class Shape>
struct stacked_shape {};
template <std::size_t Count, std::size_t... N>
    requires(sizeof...(N) < 2)
struct stacked_shape<Count, extents<N...>> {
    using type = extents<Count, N...>;
};

template <int N, Expression E, Expression V, Expression U, bool Sum, class Shape>
struct made_taylor {
    static constexpr hash_value key =
        combine(combine(combine(combine(Sum ? 0x7461796cu : 0x74636f65u, E::key), V::key), U::key), N);
    using type = typename made_as<key, Shape,
                                  output_of<taylor_stage<N, E, V, U, Sum, Shape>, type_list<E, U>, type_list<V>>>::type;
};
template <int N, class E, class V, class U>
using taylor_sum = typename made_taylor<N, E, V, U, true, typename E::shape_type>::type;
template <int N, class E, class V, class U>
using taylor_stack =
    typename made_taylor<N, E, V, U, false, typename stacked_shape<N + 1, typename E::shape_type>::type>::type;

}  // namespace detail

/// The Taylor polynomial of order n of f about the symbol x: Σ f⁽ᵏ⁾(x) hᵏ / k!, k = 0 … n, for a scalar x, and for any
/// other Σ Dₕᵏ f(x) / k!, with derivatives along h, which has x's shape.  In f's shape.
template <int N, Expression E, Symbol V, Expression H>
    requires(N >= 0 && Directions<V, H>)
constexpr detail::taylor_sum<N, E, V, H> taylor(E, V, H) {
    return {};
}
/// Its coefficients, Dᵤᵏ f(x) / k!, along u, which has x's shape: n + 1 of a scalar f, a row for each of a vector.
template <int N, Expression E, Symbol V, Expression U>
    requires(N >= 0 && E::shape_type::rank < 2 && Directions<V, U>)
constexpr detail::taylor_stack<N, E, V, U> taylor_coefficients(E, V, U) {
    return {};
}
/// f⁽ᵏ⁾(x) / k!, k = 0 … n, for a scalar x.
template <int N, Expression E, Symbol V>
    requires(N >= 0 && E::shape_type::rank < 2 && V::shape_type::rank == 0)
constexpr detail::taylor_stack<N, E, V, detail::integer<1>> taylor_coefficients(E, V) {
    return {};
}

template <int N>
inline constexpr bool is_an_order = false;
template <int N>
struct taylor_of_no_order : poison {
    static_assert(is_an_order<N>,
                  "taylor<n>, taylor_coefficients<n>: the order n must be 0 or more");
};
template <std::size_t Arguments>
inline constexpr bool has_its_order = false;
template <std::size_t Arguments>
struct order_as_argument : poison {
    static_assert(has_its_order<Arguments>,
                  "the order of a Taylor polynomial is a template argument: taylor<3>(f, x, h), taylor_coefficients<3>(f, x)");
};
template <class Shape>
struct coefficients_of_a_matrix : poison {
    static_assert(is_no_matrix<Shape>,
                  "taylor_coefficients<n>(f, x): f is a matrix; write taylor_coefficients<n>(flatten(f), x)");
};
template <class Shape>
struct coefficients_along_nothing : poison {
    static_assert(is_a_scalar<Shape>,
                  "taylor_coefficients<n>(f, x): x is no scalar; name a direction, taylor_coefficients<n>(f, x, u)");
};

namespace detail {
template <int N, class E, class V, class U>
constexpr auto mistake_in_taylor() {
    if constexpr (!Expression<E>)
        return std::type_identity<argument_of_no_expression<E>>{};
    else if constexpr (N < 0)
        return std::type_identity<taylor_of_no_order<N>>{};
    else if constexpr (!Directions<V, U>)
        return std::type_identity<typename directions_in<V, U>::mistake>{};
    else
        return std::type_identity<coefficients_of_a_matrix<typename E::shape_type>>{};
}
template <int N, class E, class V>
constexpr auto mistake_in_coefficients() {
    if constexpr (!Expression<E>)
        return std::type_identity<argument_of_no_expression<E>>{};
    else if constexpr (N >= 0 && Symbol<V> && E::shape_type::rank < 2)
        return std::type_identity<coefficients_along_nothing<typename V::shape_type>>{};
    else
        return mistake_in_taylor<N, E, V, integer<1>>();
}
template <int N, class E, class V, class U>
using taylor_mistake = typename decltype(mistake_in_taylor<N, E, V, U>())::type;
template <int N, class E, class V>
using coefficients_mistake = typename decltype(mistake_in_coefficients<N, E, V>())::type;
}  // namespace detail

template <int N, class E, class V, class H>
    requires Poisoned<E, V, H>
constexpr poison taylor(const E&, const V&, const H&) {
    return {};
}
template <int N, class E, class... A>
    requires Poisoned<E, A...>
constexpr poison taylor_coefficients(const E&, const A&...) {
    return {};
}
template <int N, NoExpression E, class... A>
    requires(!Poisoned<A...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> taylor(const E&, const A&...))
template <int N, NoExpression E, class... A>
    requires(!Poisoned<A...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> taylor_coefficients(const E&, const A&...))
template <int N, Expression E, class... A>
    requires(sizeof...(A) < 2 && !Poisoned<A...>)
CHAINFOLD_MISTAKE(direction_missing<sizeof...(A)> taylor(E, A...))
template <Expression E, class... A>
    requires(!Poisoned<A...>)
CHAINFOLD_MISTAKE(order_as_argument<sizeof...(A)> taylor(E, A...))
template <Expression E, class... A>
    requires(!Poisoned<A...>)
CHAINFOLD_MISTAKE(order_as_argument<sizeof...(A)> taylor_coefficients(E, A...))
template <int N, Expression E, class V, class H>
    requires(!Poisoned<V, H> && (N < 0 || !Directions<V, H>))
CHAINFOLD_MISTAKE(detail::taylor_mistake<N, E, V, H> taylor(E, V, H))
template <int N, Expression E, class V, class U>
    requires(!Poisoned<V, U> && (N < 0 || E::shape_type::rank == 2 || !Directions<V, U>))
CHAINFOLD_MISTAKE(detail::taylor_mistake<N, E, V, U> taylor_coefficients(E, V, U))
template <int N, Expression E, class V>
    requires(!Poisoned<V> && (N < 0 || E::shape_type::rank == 2 || !Symbol<V> || V::shape_type::rank > 0))
CHAINFOLD_MISTAKE(detail::coefficients_mistake<N, E, V> taylor_coefficients(E, V))

}  // namespace chainfold
