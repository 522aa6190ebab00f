// SPDX-License-Identifier: BSL-1.0
#pragma once

// compile<T>(…): a callable that computes in T.  Every offset and extent is known to the compiler.

#include <chainfold/program/program.hpp>

namespace chainfold {

namespace detail {
template <class T, class... E>
struct program_for {};
template <class T, class E>
    requires Requested<E>
struct program_for<T, E> {
    using type = program<T, request_of<E>>;
};
template <class T, class Loss, class... V>
    requires ConsistentWith<Loss, V...>
struct program_for<T, descent_request<Loss, V...>> {
    using type = program<T, descent_of<Loss, V...>>;
};
template <class T, Expression... E>
    requires(sizeof...(E) > 1 && Consistent<E...>)
struct program_for<T, E...> {
    using type = program<T, expression_request<E...>>;
};
}  // namespace detail

/// What compile takes, whether or not the symbols' names agree.
template <class... E>
concept Compilable = (sizeof...(E) > 0 && (Expression<E> && ...)) ||
                     (sizeof...(E) == 1 && ((Requested<E> || Descending<E> || Conflicting<E>) && ...));

/// The fused program for an expression, for several, or for value_and_gradient(…) and gradient(…), computing in T:
/// float, double or long double.  A call f(x = …, W = …) returns a number for a scalar, a view otherwise, for several
/// expressions a tuple of these, for a gradient a result with .value and .gradient[symbol].
template <class T, class... E>
    requires(std::is_floating_point_v<T> && !Poisoned<E...>)
typename detail::program_for<T, E...>::type compile(E...) {
    return {};
}
template <class T, class... E>
    requires Poisoned<E...>
constexpr poison compile(const E&...) {
    return {};
}
template <class... E>
    requires(!Poisoned<E...> && Compilable<E...>)
CHAINFOLD_MISTAKE(program_in_no_type<sizeof...(E)> compile(E...))
template <class T, class E>
    requires Conflicting<E>
CHAINFOLD_MISTAKE(conflict_in_request<E> compile(E))
template <class T, Expression... E>
    requires(sizeof...(E) > 1 && !Consistent<E...>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E...> compile(E...))
template <class T, class... E>
    requires(!Poisoned<E...> && !Compilable<E...>)
CHAINFOLD_MISTAKE(nothing_to_compile<sizeof...(E)> compile(E...))
template <class T, class... E>
    requires(!std::is_floating_point_v<T> && Compilable<E...>)
CHAINFOLD_MISTAKE(program_in_no_floating_point<T> compile(E...))

}  // namespace chainfold
