// SPDX-License-Identifier: BSL-1.0
#pragma once

// evaluate(e, x = …): the value of an expression by the interpreter, in constant expressions and at run time.

#include <chainfold/expression/bound_block.hpp>
#include <chainfold/program/arguments.hpp>
#include <chainfold/program/interpret.hpp>
#include <chainfold/program/request.hpp>

namespace chainfold {

namespace detail {

template <class... T>
struct common_scalar_of {
    using common = std::common_type_t<T...>;
    using type = std::conditional_t<std::is_floating_point_v<common>, common, double>;
};
template <>
struct common_scalar_of<> {
    using type = double;
};
template <class... B>
using common_scalar = typename common_scalar_of<typename B::value_type...>::type;

/// The values of one binding as T: the bound ones, or a converted copy.
template <class T, class B>
class as_scalars {
public:
    constexpr explicit as_scalars(const B& b) : values_(b.data()) {
        check_size(b);
        if constexpr (!std::is_same_v<T, typename B::value_type>) {
            copy_ = buffer<T>(static_cast<int>(b.count));
            for (int i = 0; i < copy_.size(); ++i) copy_[i] = static_cast<T>(b.data()[i]);
        }
    }
    [[nodiscard]] constexpr const T* data() const {
        if constexpr (std::is_same_v<T, typename B::value_type>)
            return values_;
        else
            return copy_.data();
    }

private:
    const typename B::value_type* values_;
    buffer<T> copy_;
};

template <class Request, class T, class... Values>
constexpr auto evaluate_request(const hash_value* keys, const Values&... values) {
    const graph_view graph = Request::graph().view();
    const T* const given[] = {values.data()..., nullptr};
    buffer<const T*> symbols(graph.symbol_count + 1);
    for (int s = 0; s < graph.symbol_count; ++s)
        for (int i = 0; i < static_cast<int>(sizeof...(Values)); ++i)
            if (keys[i] == graph.symbols[s].key) symbols[s] = given[i];
    const interpretation<T> run(graph, symbols.data());
    return Request::template collect<T>([&](int output) { return run[graph.outputs[output]]; });
}

}  // namespace detail

template <fixed_string Name>
inline constexpr bool is_one_sample = false;
template <fixed_string Name>
struct evaluation_of_a_batch : poison {
    static_assert(is_one_sample<Name>,
                  "evaluate(...) takes one sample; for batch(...) use compile<T>(...)");
};
/// Bindings without batch(...).
template <class... B>
concept OneSample = (!B::is_batched && ...);

namespace detail {
template <class... B>
struct first_batched {};
template <class First, class... Rest>
struct first_batched<First, Rest...> : first_batched<Rest...> {};
template <class S, class T, class... Rest>
struct first_batched<binding<S, T, true>, Rest...> {
    using symbol_type = S;
};
/// The verdict on bindings of which one is batch(...).
template <class... B>
using batch_in = evaluation_of_a_batch<name_of<typename first_batched<B...>::symbol_type>>;

/// An evaluation with blocks is what it is with their bindings.
template <class E, class List>
struct spread_evaluation;
template <class E, class... B>
struct spread_evaluation<E, list<B...>> {
    static constexpr bool is_right = true;
};
template <class E, class... B>
    requires(!Arguments<request_of<E>, B...>)
struct spread_evaluation<E, list<B...>> {
    static constexpr bool is_right = false;
    using verdict = typename argument_verdict<request_of<E>, B...>::type;
};
template <class E, class... B>
    requires(Arguments<request_of<E>, B...> && !OneSample<B...>)
struct spread_evaluation<E, list<B...>> {
    static constexpr bool is_right = false;
    using verdict = batch_in<B...>;
};
template <class E, class... A>
using evaluation_with_blocks = spread_evaluation<E, spread_arguments<A...>>;
}  // namespace detail

/// The value of an expression: a number for a scalar, a tensor otherwise; of a value_and_gradient or gradient
/// request, a result with .value and .gradient[symbol].  Works in constant expressions.
template <class E, class... B>
    requires(!Poisoned<E, B...> && !WithBlock<B...> && Requested<E> && Arguments<request_of<E>, B...> &&
             OneSample<B...>)
constexpr auto evaluate(E, const B&... bindings) {
    using T = detail::common_scalar<B...>;
    const hash_value keys[] = {B::symbol_type::key..., 0};
    return detail::evaluate_request<request_of<E>, T>(keys, detail::as_scalars<T, B>(bindings)...);
}
template <class E, class... A>
    requires(!Poisoned<E, A...> && WithBlock<A...> && Requested<E> && detail::evaluation_with_blocks<E, A...>::is_right)
constexpr auto evaluate(E e, const A&... arguments) {
    return detail::spread_blocks([&](const auto&... each) { return evaluate(e, each...); }, arguments...);
}
template <class E, class... B>
    requires Poisoned<E, B...>
constexpr poison evaluate(const E&, const B&...) {
    return {};
}
template <class E, class... A>
    requires(!Poisoned<E, A...> && WithBlock<A...> && Requested<E> &&
             !detail::evaluation_with_blocks<E, A...>::is_right)
CHAINFOLD_MISTAKE(typename detail::evaluation_with_blocks<E, A...>::verdict evaluate(E, const A&...))
template <class E, class... B>
    requires(!Poisoned<E, B...> && !WithBlock<B...> && Requested<E> && !Arguments<request_of<E>, B...>)
CHAINFOLD_MISTAKE(argument_verdict<request_of<E>, B...> evaluate(E, const B&...))
template <class E, class... B>
    requires(!Poisoned<E, B...> && !WithBlock<B...> && Requested<E> && Arguments<request_of<E>, B...> &&
             !OneSample<B...>)
CHAINFOLD_MISTAKE(detail::batch_in<B...> evaluate(E, const B&...))
template <class T>
inline constexpr bool is_of_the_bound_numbers = false;
template <class T>
struct evaluation_in_a_type : poison {
    static_assert(is_of_the_bound_numbers<T>,
                  "evaluate(e, x = ...) computes in the type of the bound numbers: bind a float for float, a double for double");
};
template <class E, class... B>
    requires(NoExpression<E> && !Requested<E> && !Conflicting<E> && !Poisoned<B...>)
CHAINFOLD_MISTAKE(argument_of_no_expression<E> evaluate(const E&, const B&...))
template <class T, class E, class... B>
    requires(PlainNumber<T> && Expression<E> && !Poisoned<B...>)
CHAINFOLD_MISTAKE(evaluation_in_a_type<T> evaluate(E, const B&...))
template <class E, class... B>
    requires(!Poisoned<E, B...> && Conflicting<E>)
CHAINFOLD_MISTAKE(conflict_in_request<E> evaluate(E, const B&...))

}  // namespace chainfold
