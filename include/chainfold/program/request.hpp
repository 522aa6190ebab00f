// SPDX-License-Identifier: BSL-1.0
#pragma once

// What evaluate and compile are asked for: one expression, or the value and gradient of a loss.

#include <array>

#include <chainfold/program/gradient_entries.hpp>
#include <chainfold/tensor/tensor.hpp>
#include <chainfold/transform/consistent.hpp>

namespace chainfold {

namespace detail {

/// A guess for a graph that is taken from another and gets a few nodes for each output.
constexpr graph_sizes with_room(const graph_sizes& source, int outputs) {
    return {source.nodes + 3 * outputs + 4, source.pool + 4 * outputs + 4, source.numbers + 4, source.symbols + 1,
            outputs};
}

template <class T, class Shape>
constexpr auto owned_copy(const T* values) {
    if constexpr (Shape::rank == 0) {
        return *values;
    } else {
        tensor_of<T, Shape> copy;
        for (std::size_t i = 0; i < Shape::size; ++i) copy.data()[i] = values[i];
        return copy;
    }
}

template <class T, class Shape>
using owned_value = decltype(owned_copy<T, Shape>(nullptr));

/// The stage that holds the outputs of a request.
template <class Request>
struct requested {
    static constexpr graph_sizes guess = Request::guess();
    static constexpr builder build() {
        builder to(simplification::simplify);
        for (const handle& output : Request::import_into(to)) to.add_output(output.id);
        return to;
    }
};

}  // namespace detail

// A request has a key, and knows the graph that it is taken from (source), how to bring its outputs into a builder
// (import_into), the symbols that a call may bind, how many numbers it gives, whether these are several parts, and
// which outputs go sample by sample where others are means.

/// Of symbol S, in the list of those by which a loss is differentiated: its derivative is not the mean over the samples
/// of a batch, but goes to each of them.
template <class S>
struct by_each_sample {
    using symbol_type = S;
    static constexpr hash_value key = S::key;
    using shape_type = typename S::shape_type;
};
template <class V>
inline constexpr bool is_by_each_sample = false;
template <class S>
inline constexpr bool is_by_each_sample<by_each_sample<S>> = true;

namespace detail {
template <class... E>
constexpr hash_value key_of_request(hash_value kind) {
    hash_value key = combine(kind, sizeof...(E));
    ((key = combine(combine(key, E::key), is_by_each_sample<E>)), ...);
    return key;
}
}  // namespace detail

/// One expression, or several.
template <class... E>
struct expression_request {
    static constexpr hash_value key = detail::key_of_request<E...>(0);
    static constexpr bool is_scalar = ((E::shape_type::rank == 0) && ...);
    static constexpr bool moves(hash_value) { return false; }
    static constexpr std::size_t numbers = (E::shape_type::size + ...);
    static constexpr bool has_several_parts = sizeof...(E) > 1;
    static constexpr int by_sample = 0;
    static constexpr std::int32_t place_of_output(int) { return -1; }

    static constexpr const auto& source() { return graph_of<E...>(); }
    static constexpr const auto& graph() { return source(); }
    static constexpr graph_view symbols() { return source().view(); }
    static constexpr graph_sizes guess() { return detail::with_room(source().sizes, sizeof...(E)); }
    static constexpr buffer<handle> import_into(builder& to) { return import_graph(to, source().view()); }

    template <class T, class F>
        requires(sizeof...(E) == 1)
    static constexpr auto collect(const F& output) {
        return (detail::owned_copy<T, typename E::shape_type>(output(0)), ...);
    }
};

/// A loss and its derivatives.
template <bool WithValue, class Loss, class... V>
struct derivative_request {
    static constexpr hash_value key = detail::key_of_request<Loss, V...>(WithValue ? 1 : 2);
    static constexpr bool is_scalar = true;
    static constexpr bool moves(hash_value) { return false; }
    static constexpr std::size_t numbers = (std::size_t{1} + ... + V::shape_type::size);
    static constexpr bool has_several_parts = sizeof...(V) > 1;  // beside the value
    static constexpr std::array<hash_value, sizeof...(V)> by{V::key...};
    /// Outputs that go sample by sample, and where output i goes among them; −1 if it does not.
    static constexpr int by_sample = (0 + ... + is_by_each_sample<V>);
    static constexpr std::int32_t place_of_output(int i) {
        constexpr bool goes[] = {false, is_by_each_sample<V>...};
        std::int32_t place = 0;
        for (int before = 0; before < i; ++before) place += goes[before];
        return goes[i] ? place : -1;
    }

    static constexpr const auto& source() { return graph_of_stage<adjoints<Loss>>(); }
    static constexpr const auto& graph() { return graph_of_stage<detail::requested<derivative_request>>(); }
    static constexpr graph_view symbols() { return graph_of<Loss>().view(); }
    static constexpr graph_sizes guess() { return detail::with_room(source().sizes, 1 + sizeof...(V)); }

    static constexpr buffer<handle> import_into(builder& to) {
        constexpr hash_value keys[] = {V::key...};
        constexpr dimensions dims[] = {dimensions_of(typename V::shape_type{})...};
        constexpr int count = sizeof...(V);
        const graph_view loss = symbols();
        buffer<int> wanted(1, source().outputs[0]);
        buffer<int> position(count, -1);
        int s = 0;  // symbols are mostly asked for in the order in which they occur
        for (int v = 0; v < count; ++v) {
            int left = loss.symbol_count;
            for (; left > 0 && loss.symbols[s].key != keys[v]; --left) s = s + 1 < loss.symbol_count ? s + 1 : 0;
            if (left > 0) position[v] = wanted.push(source().outputs[static_cast<std::size_t>(s + 1)]);
        }
        graph_view part = source().view();
        part.outputs = wanted.data();
        part.output_count = wanted.size();
        const buffer<handle> found = import_graph(to, part);
        buffer<handle> outputs(1, found[0]);
        for (int v = 0; v < count; ++v)
            outputs.push(position[v] >= 0 ? found[position[v]] : simplification::filled(to, {}, dims[v]));
        return outputs;
    }

    template <class T, class F>
    static constexpr auto collect(const F& output) {
        using gradients = gradient_entries<gradient_entry<V, detail::owned_value<T, typename V::shape_type>>...>;
        int next = 0;
        gradients g{gradient_entry<V, detail::owned_value<T, typename V::shape_type>>{
            detail::owned_copy<T, typename V::shape_type>(output(++next))}...};
        if constexpr (WithValue)
            return value_and_gradient_result<T, gradients>{*output(0), g};
        else
            return gradient_result<gradients>{g};
    }
};

/// How far a step of gradient descent goes, η.
inline constexpr auto learning_rate = input<"learning_rate">;

/// A loss and a step against its derivatives.  Only the loss is given back; each derivative moves its symbol.
template <class Loss, class... V>
struct descent_of : derivative_request<true, Loss, V...> {
    static constexpr hash_value key = detail::key_of_request<Loss, V...>(3);
    static constexpr std::size_t numbers = 1;
    static constexpr auto moved = std::array{symbol_of<V>...};
    static constexpr bool moves(hash_value symbol) { return ((symbol == V::key) || ...); }
    static constexpr graph_view symbols() {
        return graph_of<Loss, std::remove_const_t<decltype(learning_rate)>>().view();
    }
};
template <class Request>
inline constexpr bool is_descent = false;
template <class Loss, class... V>
inline constexpr bool is_descent<descent_of<Loss, V...>> = true;

namespace detail {
template <class E>
struct request_for {};
template <Expression E>
    requires Consistent<E>
struct request_for<E> {
    using type = expression_request<E>;
};
template <bool WithValue, class Loss, class... V>
    requires ConsistentWith<Loss, V...>
struct request_for<gradient_request<WithValue, Loss, V...>> {
    using type = derivative_request<WithValue, Loss, V...>;
};
template <class E>
struct conflict_in {};
template <class Loss, class... V>
    requires(!ConsistentWith<Loss, V...>)
struct conflict_in<descent_request<Loss, V...>> {
    using type = symbol_conflict_in<Loss, V...>;
};
template <Expression E>
    requires(!Consistent<E>)
struct conflict_in<E> {
    using type = symbol_conflict_in<E>;
};
template <bool WithValue, class Loss, class... V>
    requires(!ConsistentWith<Loss, V...>)
struct conflict_in<gradient_request<WithValue, Loss, V...>> {
    using type = symbol_conflict_in<Loss, V...>;
};
}  // namespace detail

/// What an expression, or the result of value_and_gradient or gradient, asks for.
template <class E>
using request_of = typename detail::request_for<E>::type;
/// The verdict on a request in which one name has two meanings.
template <class E>
using conflict_in_request = typename detail::conflict_in<E>::type;

template <class E>
concept Requested = requires { typename detail::request_for<E>::type; };
/// A step of gradient descent.
template <class E>
inline constexpr bool is_descent_request = false;
template <class Loss, class... V>
inline constexpr bool is_descent_request<descent_request<Loss, V...>> = ConsistentWith<Loss, V...>;
template <class E>
concept Descending = is_descent_request<E>;
template <class E>
concept Conflicting = requires { typename detail::conflict_in<E>::type; };

}  // namespace chainfold
