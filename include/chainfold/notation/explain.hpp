// SPDX-License-Identifier: BSL-1.0
#pragma once

// explain(program): what the compiler made of it.

#include <chainfold/notation/explain/explainer.hpp>
#include <chainfold/program/compile.hpp>

namespace chainfold {

/// The inputs that a call of a program gets in batches; what batched(…) makes.
template <bool Into, class... S>
struct batched_symbols {
    /// Of a scalar: one output for each sample, as with into(out), instead of the mean.
    [[nodiscard]] constexpr batched_symbols<true, S...> into_outputs() const { return {}; }
};
/// explain(program, batched(x, t)): the program as it runs where x and t are given as batch(…).
template <Symbol... S>
    requires(sizeof...(S) > 0)
constexpr batched_symbols<false, S...> batched(S...) {
    return {};
}

/// What a mistaken explain gives: a table of nothing.
struct mistaken_explanation : poison {
    static constexpr poison steps{}, workspace{}, once{}, sample{};
    static constexpr std::string_view title{};
    [[nodiscard]] static constexpr std::string_view to_string() { return {}; }
    template <class Stream>
    friend Stream& operator<<(Stream& out, const mistaken_explanation&) {
        return out;
    }
};

template <class... S>
inline constexpr bool is_given_in_batches = false;
template <class... S>
struct batched_no_symbol : poison {
    static_assert(is_given_in_batches<S...>,
                  "batched(x, ...): name the inputs or parameters that are given in batches");
};
template <fixed_string Name>
struct batched_elsewhere : mistaken_explanation {
    static_assert(occurs<Name>, "batched(x, ...): this symbol does not occur in the program: leave it out");
};
template <fixed_string Name>
inline constexpr bool stays_as_it_is = false;
template <fixed_string Name>
struct batched_and_moved : mistaken_explanation {
    static_assert(stays_as_it_is<Name>, "batched(x, ...): the program moves this symbol, so it has one value");
};
template <std::size_t Expressions>
inline constexpr bool has_one_output = false;
template <std::size_t Expressions>
struct batch_of_several : mistaken_explanation {
    static_assert(has_one_output<Expressions>,
                  "batched(...): several expressions have a mean only if all are scalars: compile them one by one");
};
template <class X>
inline constexpr bool is_a_program = false;
template <class X>
struct explains_no_program : mistaken_explanation {
    static_assert(is_a_program<X>,
                  "explain(program): write explain(compile<float>(...)), and batched(x, ...) behind it for batches");
};

template <class... S>
    requires(!Poisoned<S...> && (sizeof...(S) == 0 || !(Symbol<S> && ...)))
CHAINFOLD_MISTAKE(batched_no_symbol<typename detail::shown_in_message<S>::type...> batched(S...))

namespace detail {
    template <class Request>
    struct asked;
    template <class... E>
    struct asked<expression_request<E...>> {
        static constexpr std::size_t outputs_of_a_sample = sizeof...(E);
        static std::string what() { return sizeof...(E) == 1 ? "an expression" : counted(sizeof...(E), "expression"); }
        static asked_for derivatives() { return {}; }
    };
    template <class Loss, class... V>
    struct asked_by {
        static constexpr std::size_t outputs_of_a_sample = 0;
        static std::string by() {
            std::string text;
            ((text += (text.empty() ? " by " : ", ") + written_name(math_name(symbol_of<V>.name))), ...);
            return text;
        }
        static asked_for derivatives() { return {graph_of<Loss>().view(), {symbol_of<V>...}, true, {}}; }
    };
    template <bool WithValue, class Loss, class... V>
    struct asked<derivative_request<WithValue, Loss, V...>> : asked_by<Loss, V...> {
        static std::string what() {
            return (WithValue ? "value and gradient" : "gradient") + asked_by<Loss, V...>::by();
        }
    };
    template <class Loss, class... V>
    struct asked<descent_of<Loss, V...>> : asked_by<Loss, V...> {
        static std::string what() { return "a step of gradient descent" + asked_by<Loss, V...>::by(); }
    };

    template <class T>
    constexpr const char* name_of_number() {
        return sizeof(T) == 4 ? "float" : sizeof(T) == 8 ? "double" : "long double";
    }

    template <class T, class Request, calling Mode, class... S>
    explanation explained() {
        using plan = plan_of<Request, T, Mode, S::key...>;
        static constexpr graph_view graph = plan::graph().view();
        asked_for what = asked<Request>::derivatives();
        what.title = asked<Request>::what() + ", in " + name_of_number<T>();
        if constexpr (sizeof...(S) > 0) {
            what.title += Mode == calling::batch_mean ? ", the mean over batches of " : ", for each sample of ";
            bool first = true;
            ((what.title += (first ? "" : ", ") + written_name(math_name(symbol_of<S>.name)), first = false), ...);
        } else {
            what.title += ", for one sample";
        }
        const plan_view view = view_of_plan<plan, T>();
        return explainer(graph, view, what).run();
    }

    /// What is wrong with batched symbols, for a program.
    template <class Request, class S>
    inline constexpr bool is_bound_by = [] {
        const graph_view graph = Request::symbols();
        for (int s = 0; s < graph.symbol_count; ++s)
            if (graph.symbols[s].key == S::key) return true;
        return false;
    }();
    template <class Request, class... S>
    struct batched_mistake {
        using type = batch_of_several<asked<Request>::outputs_of_a_sample>;
    };
    template <class Request, class First, class... Rest>
        requires(!is_bound_by<Request, First>)
    struct batched_mistake<Request, First, Rest...> {
        using type = batched_elsewhere<chainfold::name_of<First>>;
    };
    template <class Request, class First, class... Rest>
        requires(is_bound_by<Request, First> && Request::moves(First::key))
    struct batched_mistake<Request, First, Rest...> {
        using type = batched_and_moved<chainfold::name_of<First>>;
    };
    template <class Request, class First, class... Rest>
        requires(is_bound_by<Request, First> && !Request::moves(First::key))
    struct batched_mistake<Request, First, Rest...> : batched_mistake<Request, Rest...> {};

}  // namespace detail

/// Symbols of which a program takes batches, for a mean or, with Into, for one output each.
template <class Request, bool Into, class... S>
concept TakesBatches = ((detail::is_bound_by<Request, S> && !Request::moves(S::key)) && ...) &&
                       (detail::asked<Request>::outputs_of_a_sample == 1 || (Request::is_scalar && !Into));

/// What was made of a program: its steps in order with what each computes and costs, who shares the workspace, and
/// which code is shared.  Prints as a table.  Without batched(…) it is the program for one sample.
template <class T, class Request>
explanation explain(const program<T, Request>&) {
    return detail::explained<T, Request, calling::one_sample>();
}
template <class T, class Request, bool Into, class... S>
    requires TakesBatches<Request, Into, S...>
explanation explain(const program<T, Request>&, batched_symbols<Into, S...>) {
    constexpr calling mode = Request::is_scalar && !Into ? calling::batch_mean : calling::each_sample;
    return detail::explained<T, Request, mode, S...>();
}

template <class X, class... B>
    requires Poisoned<X, B...>
constexpr mistaken_explanation explain(const X&, const B&...) {
    return {};
}
template <class... S>
    requires Poisoned<S...>
constexpr poison batched(const S&...) {
    return {};
}
template <class T, class Request, bool Into, class... S>
    requires(!TakesBatches<Request, Into, S...>)
CHAINFOLD_MISTAKE(typename detail::batched_mistake<Request, S...>::type explain(const program<T, Request>&,
                                                                                batched_symbols<Into, S...>))
template <class X, class... B>
    requires(!Poisoned<X, B...>)
CHAINFOLD_MISTAKE(explains_no_program<typename detail::shown_in_message<X>::type> explain(const X&, const B&...))

}  // namespace chainfold
