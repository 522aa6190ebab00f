// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a function for a solver is made of: symbols that vary, and data that is held.
//
//     objective(loss, W, b, x = batch(inputs), t = batch(targets))        W and b vary, x and t are held
//     residuals(error, camera, point, feature = pixel)
//
// One value is copied (and converted); batches are referred to and must live as long as the function.

#include <tuple>

#include <chainfold/program/compile.hpp>

namespace chainfold {

template <class Argument>
inline constexpr bool varies_or_is_bound = false;
template <class Argument>
struct argument_of_no_symbol : poison {
    static_assert(varies_or_is_bound<Argument>,
                  "objective, residuals: after the expression come symbols, which vary, and bindings, symbol = value");
};
template <std::size_t Bindings>
inline constexpr bool are_more_than_bindings = false;
template <std::size_t Bindings>
struct nothing_varies : poison {
    static_assert(are_more_than_bindings<Bindings>,
                  "objective, residuals: name the symbols that vary after the expression, f(e, W, b, x = data)");
};
template <fixed_string Name>
inline constexpr bool varies_or_is_held = false;
template <fixed_string Name, class Shape>
struct open_symbol : poison {
    static_assert(varies_or_is_held<Name>,
                  "objective, residuals: this symbol is left open: name it among those that vary, or bind it to data");
};
template <std::size_t Arguments>
inline constexpr bool begins_with_an_expression = false;
template <std::size_t Arguments>
struct function_of_no_expression : poison {
    static_assert(begins_with_an_expression<Arguments>,
                  "objective, residuals: the first argument must be an expression");
};

namespace detail {

/// Arguments sorted into the symbols that vary and the bindings.
template <class Varied, class Bound, class... A>
struct sorted_arguments {
    using varied = Varied;
    using bound = Bound;
};
template <class... V, class Bound, class First, class... Rest>
    requires Symbol<First>
struct sorted_arguments<list<V...>, Bound, First, Rest...> : sorted_arguments<list<V..., First>, Bound, Rest...> {};
template <class Varied, class... B, class First, class... Rest>
    requires Binding<First>
struct sorted_arguments<Varied, list<B...>, First, Rest...> : sorted_arguments<Varied, list<B..., First>, Rest...> {};

template <class... A>
using varied_among = typename sorted_arguments<list<>, list<>, A...>::varied;
template <class... A>
using bound_among = typename sorted_arguments<list<>, list<>, A...>::bound;

/// One value for a symbol, copied.
template <class T, class B>
class held {
public:
    using symbol_type = typename B::symbol_type;
    using bound_type = binding<symbol_type, T>;

    explicit held(const B& bound) {
        if (bound.count != size) refuse_size(symbol_of<symbol_type>.name, size, bound.count);
        for (std::size_t i = 0; i < size; ++i) values_.data()[i] = static_cast<T>(bound.data()[i]);
    }
    [[nodiscard]] bound_type bound() const { return {values_.data(), size}; }

private:
    static constexpr std::size_t size = symbol_type::shape_type::size;
    storage<T, size> values_;
};
/// Samples for a symbol, referred to.
template <class T, class S, class U>
class held<T, binding<S, U, true>> {
public:
    using bound_type = binding<S, U, true>;
    explicit held(const bound_type& bound) : bound_(bound) {}
    [[nodiscard]] bound_type bound() const { return bound_; }

private:
    bound_type bound_;
};

/// How a binding stands in the call of a program that computes in T.
template <class T, class B>
struct bound_as {
    using type = typename held<T, B>::bound_type;
};
template <class T, class S, class U>
struct bound_as<T, writable_binding<S, U>> {
    using type = writable_binding<S, U>;
};

/// The symbols that vary and the data, as the arguments of a program.
template <class T, class Varied, class Bound>
class program_arguments;
template <class T, class... V, class... B>
class program_arguments<T, list<V...>, list<B...>> {
public:
    template <class... A>
    explicit program_arguments(const A&... arguments) : data_(std::tuple_cat(held_of(arguments)...)) {
        std::apply([](const auto&... data) { (void)count_samples(data.bound()...); }, data_);
    }

    /// Calls a program with symbol i at places[i].
    template <class Program>
    auto call(Program& program, const T* const* places) const {
        return [&]<std::size_t... I, std::size_t... J>(std::index_sequence<I...>, std::index_sequence<J...>) {
            return program(binding<V, T>{places[I], V::shape_type::size}..., std::get<J>(data_).bound()...);
        }(std::index_sequence_for<V...>{}, std::index_sequence_for<B...>{});
    }

private:
    template <class A>
    static auto held_of(const A& argument) {
        if constexpr (Symbol<A>)
            return std::tuple<>{};
        else
            return std::tuple<held<T, A>>{held<T, A>(argument)};
    }
    std::tuple<held<T, B>...> data_;
};

template <class T, class E, class Varied, class Bound>
inline constexpr bool are_held = false;
template <class T, class E, class... V, class... B>
inline constexpr bool are_held<T, E, list<V...>, list<B...>> =
    Arguments<expression_request<E>, binding<V, T>..., typename bound_as<T, B>::type...> &&
    Computable<T, typename bound_as<T, B>::type...> && (!is_writable<B> && ...);

template <class... A>
struct first_of_no_symbol {};
template <class First, class... Rest>
struct first_of_no_symbol<First, Rest...>
    : std::conditional_t<Symbol<First> || Binding<First>, first_of_no_symbol<Rest...>,
                         std::type_identity<argument_of_no_symbol<typename shown_in_message<First>::type>>> {};
template <class Verdict, class... Rest>
struct first_of_no_symbol<mistaken_binding<Verdict>, Rest...> : std::type_identity<Verdict> {};

template <class Verdict>
struct said_of_held : std::type_identity<Verdict> {};
template <fixed_string Name, class Shape>
struct said_of_held<missing_binding<Name, Shape>> : std::type_identity<open_symbol<Name, Shape>> {};

template <class T, class E, class Varied, class Bound>
struct held_verdict;
template <class T, class E, class... V, class... B>
struct held_verdict<T, E, list<V...>, list<B...>>
    : said_of_held<verdict_on_call<T, expression_request<E>, binding<V, T>..., typename bound_as<T, B>::type...>> {};

/// Nothing is wrong.
struct no_problem {};
template <class Found>
concept IsProblem = requires { typename Found::type; };

/// What is wrong with an expression, symbols that vary and bindings, whatever function they are to make.
template <class T, class E, class... A>
constexpr auto problem_of_arguments() {
    if constexpr (!std::is_floating_point_v<T>)
        return std::type_identity<program_in_no_floating_point<T>>{};
    else if constexpr (!Expression<E>)
        return std::type_identity<function_of_no_expression<1 + sizeof...(A)>>{};
    else if constexpr (!((Symbol<A> || Binding<A>) && ...))
        return first_of_no_symbol<A...>{};
    else if constexpr (!(Symbol<A> || ...))
        return std::type_identity<nothing_varies<sizeof...(A)>>{};
    else if constexpr (!Consistent<E>)
        return std::type_identity<symbol_conflict_in<E>>{};
    else if constexpr (!are_held<T, E, varied_among<A...>, bound_among<A...>>)
        return held_verdict<T, E, varied_among<A...>, bound_among<A...>>{};
    else
        return no_problem{};
}

}  // namespace detail
}  // namespace chainfold
