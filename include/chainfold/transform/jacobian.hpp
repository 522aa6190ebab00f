// SPDX-License-Identifier: BSL-1.0
#pragma once

// jacobian and hessian: derivatives as matrices.

#include <chainfold/transform/derivative.hpp>

namespace chainfold {

/// What jacobian differentiates: a vector, or a scalar as a vector of one.
template <class E>
concept HasJacobian = Expression<E> && E::shape_type::rank < 2;

/// ∂eᵢ/∂vⱼ: a row for each entry of the vector e (one for a scalar), a column for each entry of the symbol v, those of a
/// matrix row by row.  Always a matrix.  Found by rows (reverse mode) or, where they are fewer, by columns (forward mode);
/// jacobian<mode::forward>(e, v) and jacobian<mode::reverse>(e, v) insist.
template <mode How = mode::by_shape, class E, class V>
    requires(HasJacobian<E> && Symbol<V>)
constexpr typename detail::made_jacobian<E, V, How>::type jacobian(E, V) {
    return {};
}

template <class Shape>
inline constexpr bool is_no_matrix = false;
template <class Shape>
struct jacobian_of_a_matrix : poison {
    static_assert(is_no_matrix<Shape>,
                  "jacobian(e, v): e is a matrix; write jacobian(flatten(e), v), a row for each entry of e");
};

template <mode How = mode::by_shape, class E, class V>
    requires Poisoned<E, V>
constexpr poison jacobian(const E&, const V&) {
    return {};
}
template <mode How = mode::by_shape, Expression E, class V>
    requires(!Poisoned<V> && !Symbol<V>)
CHAINFOLD_MISTAKE(detail::by_no_symbol<V> jacobian(E, V))
template <mode How = mode::by_shape, NoExpression E, class V>
    requires(!Poisoned<V>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> jacobian(const E&, const V&))
template <mode How = mode::by_shape, Expression E>
CHAINFOLD_MISTAKE(derivative_by_nothing<typename E::shape_type> jacobian(E))
template <mode How = mode::by_shape, Expression E, Symbol V>
    requires(!HasJacobian<E>)
CHAINFOLD_MISTAKE(jacobian_of_a_matrix<typename E::shape_type> jacobian(E, V))

namespace detail {
/// The second derivatives of a scalar: the Jacobian by W of its derivative by V, symmetric where that is the same.
template <class E, class V, class W, mode How>
using made_hessian = made_jacobian<typename made_derivative<E, V>::type, W, How, std::is_same_v<V, W>>;
}  // namespace detail

/// ∂²e/∂vᵢ∂vⱼ of a scalar e: n × n for a symbol v of n entries, of a matrix row by row.  The entry (j, i) is the entry
/// (i, j), to the bit.  Found as a Jacobian of the gradient; hessian<mode::forward>(e, v) finds that by forward mode.
template <mode How = mode::by_shape, class E, class V>
    requires HasGradient<E, V>
constexpr typename detail::made_hessian<E, V, V, How>::type hessian(E, V) {
    return {};
}
/// ∂²e/∂vᵢ∂wⱼ of a scalar e by two symbols: a row for each entry of v, a column for each of w.
template <mode How = mode::by_shape, class E, class V, class W>
    requires HasGradient<E, V, W>
constexpr typename detail::made_hessian<E, V, W, How>::type hessian(E, V, W) {
    return {};
}

template <class E>
struct hessian_of_no_scalar : poison {
    static_assert(is_a_scalar<E>,
                  "hessian, hessian_vector_product: e must be a scalar; take element<i>(e) or sum(e)");
};

template <mode How = mode::by_shape, class E, class... V>
    requires(Poisoned<E, V...> && sizeof...(V) > 0 && sizeof...(V) < 3)
constexpr poison hessian(const E&, const V&...) {
    return {};
}
template <mode How = mode::by_shape, NoExpression E, class... V>
    requires(sizeof...(V) > 0 && sizeof...(V) < 3 && !Poisoned<V...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> hessian(const E&, const V&...))
template <mode How = mode::by_shape, Expression E>
CHAINFOLD_MISTAKE(derivative_by_nothing<typename E::shape_type> hessian(E))
template <mode How = mode::by_shape, Expression E, class... V>
    requires(E::shape_type::rank > 0 && sizeof...(V) > 0 && sizeof...(V) < 3 && !Poisoned<V...>)
CHAINFOLD_MISTAKE(hessian_of_no_scalar<typename E::shape_type> hessian(E, V...))
template <mode How = mode::by_shape, Expression E, class... V>
    requires(E::shape_type::rank == 0 && sizeof...(V) > 0 && sizeof...(V) < 3 && !Poisoned<V...> && !(Symbol<V> && ...))
CHAINFOLD_MISTAKE(detail::by_no_symbol<V...> hessian(E, V...))

}  // namespace chainfold
