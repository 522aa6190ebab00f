// SPDX-License-Identifier: BSL-1.0
#pragma once

// The bindings of a call, matched with the symbols that it needs.  Every way of getting them wrong has a verdict.

#include <cstdarg>
#include <cstdio>
#include <string_view>

#include <chainfold/expression/binding.hpp>
#include <chainfold/transform/consistent.hpp>

#if defined(__cpp_exceptions)
#include <stdexcept>
#else
#include <cstdlib>
#endif

namespace chainfold {

template <fixed_string Name>
inline constexpr bool is_bound = false;
template <fixed_string Name, class Shape>
struct missing_binding : poison {
    static_assert(is_bound<Name>, "a binding is missing: give this symbol a value in the call, symbol = value");
};
template <fixed_string Name>
inline constexpr bool occurs = false;
template <fixed_string Name, class Shape>
struct unknown_binding : poison {
    static_assert(occurs<Name>, "this symbol is bound in the call but does not occur in the expression: leave it out");
};
template <fixed_string Name>
inline constexpr bool is_bound_once = false;
template <fixed_string Name, class Shape>
struct repeated_binding : poison {
    static_assert(is_bound_once<Name>, "this symbol is bound twice in one call: leave one of the two out");
};
template <class Argument>
inline constexpr bool is_symbol_equals_value = false;
template <class Argument>
struct argument_of_no_binding : poison {
    static_assert(is_symbol_equals_value<Argument>,
                  "the arguments of evaluate and of a program are bindings: symbol = value");
};

template <fixed_string Name>
inline constexpr bool is_a_gradient_computed = false;
template <fixed_string Name>
struct gradient_into_without_gradient : poison {
    static_assert(is_a_gradient_computed<Name>,
                  "x = batch(...).gradient_into(out) is for programs of gradient(...) or value_and_gradient(...) by x");
};

namespace detail {

/// What is wrong with a list of bindings.
enum class argument_problem { none, not_a_binding, repeated, unknown, missing };
struct argument_finding {
    argument_problem problem = argument_problem::none;
    symbol about{};
    int position = 0;
};

// For each binding: the symbol it binds, or -1.  Bindings mostly come in the order of the symbols.
constexpr buffer<int> match(const graph_view& graph, const symbol* given, int count) {
    buffer<int> matched(count, -1);
    int s = 0;
    for (int i = 0; i < count; ++i) {
        int left = graph.symbol_count;
        for (; left > 0 && graph.symbols[s].key != given[i].key; --left) s = s + 1 < graph.symbol_count ? s + 1 : 0;
        if (left > 0) matched[i] = s;
    }
    return matched;
}

template <class... B>
constexpr argument_finding check_arguments(const graph_view& graph) {
    if constexpr (!(Binding<B> && ...)) {
        return {argument_problem::not_a_binding, {}, 0};
    } else {
        const symbol given[] = {symbol_of<typename B::symbol_type>..., symbol{}};
        const buffer<int> matched = match(graph, given, sizeof...(B));
        buffer<int> bound_by(graph.symbol_count + 1, -1);
        for (int i = 0; i < matched.size(); ++i) {
            if (matched[i] < 0) return {argument_problem::unknown, given[i], i};
            if (bound_by[matched[i]] >= 0) return {argument_problem::repeated, given[i], i};
            bound_by[matched[i]] = i;
        }
        for (int id = 0; id < graph.node_count; ++id)
            if (const node& n = graph[id]; n.operation == operation_code<symbol_op> && bound_by[n.parameter] < 0)
                return {argument_problem::missing, graph.symbols[n.parameter], n.parameter};
        return {};
    }
}

template <class Target, class... B>
inline constexpr argument_finding finding = check_arguments<B...>(Target::symbols());

template <class... B>
struct first_no_binding {};
template <class First, class... Rest>
    requires(Binding<First>)
struct first_no_binding<First, Rest...> : first_no_binding<Rest...> {};
template <class First, class... Rest>
    requires(!Binding<First>)
struct first_no_binding<First, Rest...> : std::type_identity<First> {};

template <class Target, class... B>
struct argument_verdict {};
template <class Target, class... B>
    requires((Binding<B> && ...) && finding<Target, B...>.problem != argument_problem::none)
struct argument_verdict<Target, B...> {
    static constexpr const argument_finding& found = finding<Target, B...>;
    static constexpr auto name = fixed_copy<found.about.name.size()>(found.about.name);
    using shape = extents_of<found.about.dims>;
    static constexpr auto choose() {
        if constexpr (found.problem == argument_problem::missing)
            return std::type_identity<missing_binding<name, shape>>{};
        else if constexpr (found.problem == argument_problem::unknown)
            return std::type_identity<unknown_binding<name, shape>>{};
        else
            return std::type_identity<repeated_binding<name, shape>>{};
    }
    using type = typename decltype(choose())::type;
};
template <class Given>
struct verdict_on_no_binding : std::type_identity<argument_of_no_binding<Given>> {};
template <class Verdict>
struct verdict_on_no_binding<mistaken_binding<Verdict>> : std::type_identity<Verdict> {};
template <class S, class T, class G>
struct verdict_on_no_binding<gradient_binding<S, T, G>>
    : std::type_identity<gradient_into_without_gradient<chainfold::name_of<S>>> {};
template <class Target, class... B>
    requires(!(Binding<B> && ...))
struct argument_verdict<Target, B...> : verdict_on_no_binding<typename first_no_binding<B...>::type> {};

}  // namespace detail

/// The bindings are exactly the symbols that the target (a type with symbols()) needs.
template <class Target, class... B>
concept Arguments = (detail::finding<Target, B...>.problem == detail::argument_problem::none);

template <class Target, class... B>
using argument_verdict = typename detail::argument_verdict<Target, B...>::type;

/// Throws std::invalid_argument, or ends the program with -fno-exceptions.
[[noreturn]] inline void refuse(const char* sentence) {
#if defined(__cpp_exceptions)
    throw std::invalid_argument(sentence);
#else
    (void)sentence;
    std::abort();
#endif
}

namespace detail {
// Sentences are put together by printf: with std::string each program would hold, and pay for, its functions once more.
[[noreturn]] [[gnu::cold]] [[gnu::noinline]] [[gnu::format(printf, 1, 2)]] inline void refuse_with(const char* form, ...) {
    char sentence[512];
    std::va_list given;
    va_start(given, form);
    std::vsnprintf(sentence, sizeof sentence, form, given);
    va_end(given);
    refuse(sentence);
}
// A name is given to "%.*s" as its length and its characters.
constexpr int length(std::string_view name) { return static_cast<int>(name.size()); }

[[noreturn]] [[gnu::cold]] [[gnu::noinline]] inline void refuse_size(std::string_view name, std::size_t expected,
                                                                     std::size_t found) {
    refuse_with("%.*s: expected %zu numbers, found %zu", length(name), name.data(), expected, found);
}
}  // namespace detail

/// Checks what only the run knows: the number of values in a span or vector.
template <class B>
constexpr void check_size(const B& b) {
    constexpr std::size_t expected = B::symbol_type::shape_type::size;
    if constexpr (!B::is_batched)
        if (b.count != expected) {
            if (std::is_constant_evaluated()) refuse("binding: the value does not have as many numbers as the symbol");
            detail::refuse_size(symbol_of<typename B::symbol_type>.name, expected, b.count);
        }
}

}  // namespace chainfold
