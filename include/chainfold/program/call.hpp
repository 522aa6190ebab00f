// SPDX-License-Identifier: BSL-1.0
#pragma once

// What can be wrong with a call of a program, and the verdicts on it.

#include <chainfold/program/gradient_into.hpp>

namespace chainfold {

template <class T>
inline constexpr bool is_a_floating_point_type = false;
template <class T>
struct program_in_no_floating_point : poison {
    static_assert(is_a_floating_point_type<T>,
                  "compile<T>(...): T must be float, double or long double");
};
template <std::size_t Arguments>
inline constexpr bool is_computed_in_a_type = false;
template <std::size_t Arguments>
struct program_in_no_type : poison {
    static_assert(is_computed_in_a_type<Arguments>,
                  "compile<float>(...), compile<double>(...): say in which type the program computes");
};
template <std::size_t Arguments>
inline constexpr bool can_be_compiled = false;
template <std::size_t Arguments>
struct nothing_to_compile : poison {
    static_assert(can_be_compiled<Arguments>,
                  "compile<T>(...) takes one or several expressions, or one gradient(...) or value_and_gradient(...)");
};
template <class Given, class Computed>
inline constexpr bool is_computed_in = false;
template <fixed_string Name, class Given, class Computed>
struct binding_of_another_type : poison {
    static_assert(is_computed_in<Given, Computed>,
                  "the program computes in another type than the bound numbers have: convert them, or compile<T> for their T");
};
template <class Shape>
inline constexpr bool goes_into_a_span = false;
template <class Shape>
struct batch_without_output : poison {
    static_assert(goes_into_a_span<Shape>,
                  "a batch of samples has one output each: say where they go, f(x = batch(in), ..., into(out))");
};
template <class Output>
struct output_without_batch : poison {
    static_assert(goes_into_a_span<Output>,
                  "into(out) takes the outputs of a batch for one expression: bind an input with batch(...)");
};

template <class Given, class Computed>
inline constexpr bool takes_outputs_of = false;
template <class Given, class Computed>
struct output_of_another_type : poison {
    static_assert(takes_outputs_of<Given, Computed>,
                  "into(out): the output must be writable numbers of the type in which the program computes");
};

template <class T, class B>
inline constexpr bool computes_in =
    PlainNumber<typename B::value_type> && (std::is_same_v<T, typename B::value_type> ||
                                            (B::symbol_type::shape_type::rank == 0 && requires(B b) { b.value; }));
template <class T, class... B>
concept Computable = (computes_in<T, B> && ...);

/// Without a batch, or with a batch and a scalar, whose mean is meant.
template <class Request, class... B>
concept MeanIsMeant = Request::is_scalar || (!B::is_batched && ...);

/// What a program moves is bound to numbers that can be changed, and nothing else is.
template <class Request, class... B>
concept MovesInPlace = ((is_writable<B> == Request::moves(B::symbol_type::key)) && ...) &&
                       ((!B::is_batched || B::symbol_type::key != learning_rate.key) && ...);

template <fixed_string Name>
inline constexpr bool is_moved_in_place = false;
template <fixed_string Name>
struct binding_not_in_place : poison {
    static_assert(is_moved_in_place<Name>,
                  "in_place(...) is for the symbols that gradient_descent moves, and for all of them");
};

namespace detail {

template <class T, class... B>
struct first_of_another_type {};
template <class T, class First, class... Rest>
struct first_of_another_type<T, First, Rest...>
    : std::conditional_t<computes_in<T, First>, first_of_another_type<T, Rest...>,
                         std::type_identity<binding_of_another_type<chainfold::name_of<typename First::symbol_type>,
                                                                    typename First::value_type, T>>> {};

template <class Request, class First, class... Rest>
struct first_not_in_place
    : std::conditional_t<MovesInPlace<Request, First>, first_not_in_place<Request, Rest...>,
                         std::type_identity<binding_not_in_place<chainfold::name_of<typename First::symbol_type>>>> {};

template <class T, class Request, class... B>
struct call_verdict {};
template <class T, class Request, class... B>
    requires(!Arguments<Request, B...>)
struct call_verdict<T, Request, B...> : argument_verdict<Request, B...> {};
template <class T, class Request, class... B>
    requires(Arguments<Request, B...> && !Computable<T, B...>)
struct call_verdict<T, Request, B...> : first_of_another_type<T, B...> {};
template <class T, class Request, class... B>
    requires(Arguments<Request, B...> && Computable<T, B...> && !MeanIsMeant<Request, B...>)
struct call_verdict<T, Request, B...> {
    using type = batch_without_output<Request>;
};
template <class T, class Request, class... B>
    requires(Arguments<Request, B...> && Computable<T, B...> && MeanIsMeant<Request, B...> &&
             !MovesInPlace<Request, B...>)
struct call_verdict<T, Request, B...> {
    using type = typename first_not_in_place<Request, B...>::type;
};

template <class T, class Request, class Output, class List>
struct output_call {
    static constexpr bool is_right = false;
};
template <class T, class... E, class Output, class... B>
struct output_call<T, expression_request<E...>, Output, list<B...>> {
    using request = expression_request<E...>;
    static constexpr bool is_checked = Arguments<request, B...> && Computable<T, B...>;
    static constexpr bool has_batch = (B::is_batched || ...);
    static constexpr bool is_right = is_checked && has_batch && sizeof...(E) == 1;
};
template <class T, class Request, class Output, class List>
struct output_verdict {
    using type = output_without_batch<Output>;
};
template <class T, class Request, class Output, class... B>
    requires(!Arguments<Request, B...> || !Computable<T, B...>)
struct output_verdict<T, Request, Output, list<B...>> : call_verdict<T, Request, B...> {};

/// The numbers into which the outputs are written.
template <class... A>
struct written {};
template <class First, class... Rest>
struct written<First, Rest...> : written<Rest...> {};
template <class T, class... Rest>
struct written<output_span<T>, Rest...> {
    using type = T;
};

}  // namespace detail

template <class T, class... A>
concept WritesNumbersOf = std::is_same_v<typename detail::written<A...>::type, T>;
template <class T, class Request, class... A>
concept OutputArguments = WritesNumbersOf<T, A...> &&
                          detail::output_call<T, Request, output_span<T>,
                                              typename detail::bindings_among<detail::list<>, A...>::type>::is_right;
/// Bindings that a program takes.
template <class T, class Request, class... B>
concept RightCall = Arguments<Request, detail::bound<B>...> && Computable<T, B...> && MeanIsMeant<Request, B...> &&
                    MovesInPlace<Request, B...> && GradientsHaveRoom<T, Request, B...>;
template <class T, class Request, class... B>
concept WrongCall = !RightCall<T, Request, B...>;
namespace detail {
template <class T, class Request, class... B>
struct mean_verdict : call_verdict<T, Request, bound<B>...> {};
template <class T, class Request, class... B>
    requires(!GradientsHaveRoom<T, Request, B...>)
struct mean_verdict<T, Request, B...> : gradient_verdict<T, Request, B...> {};
}  // namespace detail
template <class T, class Request, class... B>
using verdict_on_call = typename detail::mean_verdict<T, Request, B...>::type;
template <class T, class Request, class... A>
concept WrongOutputCall = !OutputArguments<T, Request, A...>;
namespace detail {
template <class T, class Request, class... A>
struct output_call_verdict {};
template <class T, class Request, class... A>
    requires(WithOutput<A...> && !WritesNumbersOf<T, A...>)
struct output_call_verdict<T, Request, A...> {
    using type = output_of_another_type<typename written<A...>::type, T>;
};
template <class T, class Request, class... A>
    requires WritesNumbersOf<T, A...>
struct output_call_verdict<T, Request, A...>
    : output_verdict<T, Request, output_span<T>, typename bindings_among<list<>, A...>::type> {};
}  // namespace detail
template <class T, class Request, class... A>
using verdict_on_output_call = typename detail::output_call_verdict<T, Request, A...>::type;

namespace detail {
/// A call with blocks is what it is with their bindings.
template <class T, class Request, class List>
struct spread_call;
template <class T, class Request, class... B>
struct spread_call<T, Request, list<B...>> {
    static constexpr bool is_right = RightCall<T, Request, B...>;
    using verdict = mean_verdict<T, Request, B...>;
};
template <class T, class Request, class... A>
    requires WithOutput<A...>
struct spread_call<T, Request, list<A...>> {
    static constexpr bool is_right = OutputArguments<T, Request, A...>;
    using verdict = output_call_verdict<T, Request, A...>;
};
template <class T, class Request, class... A>
using call_with_blocks = spread_call<T, Request, spread_arguments<A...>>;
}  // namespace detail

}  // namespace chainfold
