// SPDX-License-Identifier: BSL-1.0
#pragma once

// derivation(loss, W1, …): the chain rule as one would write it on paper, forward and then backward, for any
// expression.
//
//     const auto steps = cf::derivation(loss, W1, b1, W2, b2);
//     std::cout << steps;                             // z₁ = W₁x + b₁ … ∂L/∂z₂ = ∂L/∂ŷ ⊙ ŷ ⊙ (1 − ŷ) …
//     std::cout << steps(x = …, t = …, W1 = …, …);    // the same with numbers

#include <chainfold/notation/derivation_html.hpp>
#include <chainfold/notation/derivation_text.hpp>
#include <chainfold/program/evaluate.hpp>

namespace chainfold {

template <fixed_string Name>
inline constexpr bool occurs_in_the_expression = false;
template <fixed_string Name>
struct derivation_by_foreign_symbol : poison {
    static_assert(occurs_in_the_expression<Name>,
                  "derivation(e, v, ...): this symbol does not occur in the expression: leave it out");
};
template <class E>
struct derivation_of_no_scalar : poison {
    static_assert(is_a_scalar<E>,
                  "derivation(e, ...): e must be a scalar; write sum(e) or a loss such as squared_error");
};
template <fixed_string Name>
struct derivation_of_a_batch : poison {
    static_assert(is_one_sample<Name>,
                  "derivation(...)(symbol = value, ...) takes one sample: bind its values without batch(...)");
};

namespace detail {
template <class... B>
using batch_in_derivation = derivation_of_a_batch<name_of<typename first_batched<B...>::symbol_type>>;
}

/// The steps for one loss, which know its symbols; called with bindings, the steps with numbers.
template <class Loss>
class derivation_of : public derivation_steps {
public:
    using derivation_steps::derivation_steps;

    /// All values and derivatives for one sample, symbol = value for each symbol of the loss, calculated in double.
    template <class... B>
        requires(!Poisoned<B...> && Arguments<expression_request<Loss>, B...> && OneSample<B...>)
    constexpr derivation_of operator()(const B&... bindings) const {
        derivation_of bound = *this;
        const hash_value keys[] = {B::symbol_type::key..., 0};
        bound.bind_values(keys, detail::as_scalars<double, B>(bindings)...);
        return bound;
    }
    template <class... B>
        requires Poisoned<B...>
    constexpr poison operator()(const B&...) const {
        return {};
    }
    template <class... B>
        requires(!Poisoned<B...> && !Arguments<expression_request<Loss>, B...>)
    CHAINFOLD_MISTAKE(argument_verdict<expression_request<Loss>, B...> operator()(const B&...) const)
    template <class... B>
        requires(!Poisoned<B...> && Arguments<expression_request<Loss>, B...> && !OneSample<B...>)
    CHAINFOLD_MISTAKE(detail::batch_in_derivation<B...> operator()(const B&...) const)

private:
    template <class... Values>
    constexpr void bind_values(const hash_value* keys, const Values&... values) {
        const graph_view graph = graph_of<Loss>().view();
        const double* const given[] = {values.data()..., nullptr};
        buffer<const double*> symbols(graph.symbol_count + 1);
        for (int s = 0; s < graph.symbol_count; ++s)
            for (int i = 0; i < static_cast<int>(sizeof...(Values)); ++i)
                if (keys[i] == graph.symbols[s].key) symbols[s] = given[i];
        bind(symbols.data());
    }
};

namespace detail {

template <class E, class V>
inline constexpr bool occurs_in = adjoint_output<E, V>() >= 0;

template <class E, class... V>
struct foreign_symbol {};
template <class E, class First, class... Rest>
struct foreign_symbol<E, First, Rest...> : foreign_symbol<E, Rest...> {};
template <class E, class First, class... Rest>
    requires(!occurs_in<E, First>)
struct foreign_symbol<E, First, Rest...> {
    using type = derivation_by_foreign_symbol<name_of<First>>;
};

}  // namespace detail

/// Symbols that an expression depends on.
template <class E, class... V>
concept Occurring = (detail::occurs_in<E, V> && ...);

/// The steps of the chain rule from a scalar e back to these symbols; to everything trained if none are given, or to
/// all symbols if nothing is.
template <class E, class... V>
    requires(HasGradient<E, V...> && ConsistentWith<E, V...> && Occurring<E, V...>)
constexpr derivation_of<E> derivation(E, V...) {
    const hash_value wanted[] = {V::key..., 0};
    return derivation_of<E>(graph_of<E>().view(), wanted, sizeof...(V));
}

constexpr poison to_html(const poison&) { return {}; }
constexpr poison to_html_section(const poison&) { return {}; }
template <class E, class... V>
    requires Poisoned<E, V...>
constexpr poison derivation(const E&, const V&...) {
    return {};
}
template <Expression E, class... V>
    requires(E::shape_type::rank > 0 && !Poisoned<V...>)
CHAINFOLD_MISTAKE(derivation_of_no_scalar<typename E::shape_type> derivation(E, V...))
template <Expression E, class... V>
    requires(E::shape_type::rank == 0 && !Poisoned<V...> && !(Symbol<V> && ...))
CHAINFOLD_MISTAKE(detail::by_no_symbol<V...> derivation(E, V...))
template <Expression E, class... V>
    requires(HasGradient<E, V...> && !ConsistentWith<E, V...>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E, V...> derivation(E, V...))
template <Expression E, class... V>
    requires(HasGradient<E, V...> && ConsistentWith<E, V...> && !Occurring<E, V...>)
CHAINFOLD_MISTAKE(typename detail::foreign_symbol<E, V...>::type derivation(E, V...))

}  // namespace chainfold
