// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a loss needs to know of a batch besides its samples: moments and random numbers, found among the loss's symbols.

#include <chainfold/expression/lower.hpp>
#include <chainfold/nn/batch_symbol.hpp>
#include <chainfold/nn/weight_list.hpp>

namespace chainfold::nn::detail {

constexpr bool is_data(std::string_view name) {
    return name == "input" || name == "target" || name == "sample_weight";
}

/// Does an expression depend on anything but samples and weights?
template <class E>
constexpr bool needs_more_than_samples() {
    const graph_view graph = graph_of<E>().view();
    for (int s = 0; s < graph.symbol_count; ++s)
        if (!graph.symbols[s].trained && !is_data(graph.symbols[s].name)) return true;
    return false;
}

/// Symbol I of an expression's graph.
template <class E, std::size_t I>
using symbol_in = expression<graph_of<E>().symbols[I].key, extents_of<graph_of<E>().symbols[I].dims>>;
template <class E>
using symbols_of = std::make_index_sequence<static_cast<std::size_t>(graph_of<E>().sizes.symbols)>;

template <class S>
concept Moment = requires { typename definition_of<S>::moments; };
template <class S>
concept Noise = requires { typename definition_of<S>::distribution; };

template <class... X>
struct types {};

// ---- Sorting the symbols -----------------------------------------------------------------------------------------

template <class Found, class... S>
struct noise_among {
    using type = Found;
};
template <class... Found, class S, class... Rest>
struct noise_among<weight_list<Found...>, S, Rest...>
    : noise_among<std::conditional_t<Noise<S>, weight_list<Found..., S>, weight_list<Found...>>, Rest...> {};

template <class Found, class... S>
struct moments_among {
    using type = Found;
};
template <class Found, class S, class... Rest>
struct moments_among<Found, S, Rest...> : moments_among<Found, Rest...> {};
template <class... Found, Moment S, class... Rest>
struct moments_among<types<Found...>, S, Rest...>
    : moments_among<std::conditional_t<(std::is_same_v<Found, typename definition_of<S>::moments> || ...), types<Found...>,
                                       types<Found..., typename definition_of<S>::moments>>,
                    Rest...> {};

/// Is Z made of these moments?
template <class Z, class M>
constexpr bool is_made_of() {
    const graph_view graph = graph_of<Z>().view();
    for (int s = 0; s < graph.symbol_count; ++s)
        if (graph.symbols[s].key == M::mean_type::key || graph.symbols[s].key == M::variance_type::key) return true;
    return false;
}

/// Moments in an order in which each comes after those that it is made of.
template <class List>
struct in_order;
template <class... M>
struct in_order<types<M...>> {
    static constexpr std::size_t count = sizeof...(M);
    template <class One>
    static constexpr std::array<bool, count> needs{is_made_of<typename One::of, M>()...};
    static constexpr auto order = [] {
        const std::array<std::array<bool, count>, count> needed{needs<M>...};
        std::array<std::size_t, count> found{};
        std::array<bool, count> done{};
        for (std::size_t n = 0; n < count; ++n)
            for (std::size_t i = 0; i < count; ++i) {
                bool ready = !done[i];
                for (std::size_t j = 0; j < count; ++j) ready = ready && (!needed[i][j] || done[j]);
                if (!ready) continue;
                found[n] = i;
                done[i] = true;
                break;
            }
        return found;
    }();
    template <std::size_t... I>
    static types<std::tuple_element_t<order[I], std::tuple<M...>>...> sorted(std::index_sequence<I...>);
    using type = decltype(sorted(std::make_index_sequence<count>{}));
};

template <class List>
struct symbols_of_moments;
template <class... M>
struct symbols_of_moments<types<M...>> {
    template <class... Before, class... Both>
    static weight_list<Before..., Both...> append(weight_list<Before...>, types<Both...>);
    template <class List>
    static List all(List);
    template <class List, class First, class... Rest>
    static auto all(List list, First, Rest... rest) {
        return all(append(list, types<typename First::mean_type, typename First::variance_type>{}), rest...);
    }
    using type = decltype(all(weight_list<>{}, M{}...));
};

/// What E needs: `moments`, in the order in which they can be computed; their symbols, mean and variance in turn; and the
/// symbols of random numbers.
template <class E, class Sequence = symbols_of<E>>
struct batch_needs;
template <class E, std::size_t... I>
struct batch_needs<E, std::index_sequence<I...>> {
    using moments = typename in_order<typename moments_among<types<>, symbol_in<E, I>...>::type>::type;
    using moment_symbols = typename symbols_of_moments<moments>::type;
    using noise = typename noise_among<weight_list<>, symbol_in<E, I>...>::type;
};

/// The symbols among those of Z by which the mean of Z is differentiated: what is trained, and other moments.
template <class Z, class Sequence = symbols_of<Z>>
struct dependencies;
template <class Found, class... S>
struct trained_or_moments {
    using type = Found;
};
template <class... Found, class S, class... Rest>
struct trained_or_moments<weight_list<Found...>, S, Rest...>
    : trained_or_moments<std::conditional_t<definition_of<S>::is_trained || Moment<S>, weight_list<Found..., S>,
                                            weight_list<Found...>>,
                         Rest...> {};
template <class Z, std::size_t... I>
struct dependencies<Z, std::index_sequence<I...>> : trained_or_moments<weight_list<>, symbol_in<Z, I>...> {};

}  // namespace chainfold::nn::detail
