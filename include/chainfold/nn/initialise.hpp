// SPDX-License-Identifier: BSL-1.0
#pragma once

// The weights of a network as a list, and what they start from.

#include <tuple>
#include <utility>

#include <chainfold/expression/binding.hpp>
#include <chainfold/math/math.hpp>
#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/random.hpp>

namespace chainfold::nn {

/// Symbols whose values stand one after another in a block.
template <class... W>
struct weight_list {
    static constexpr std::size_t size = (std::size_t{0} + ... + W::shape_type::size);
    static constexpr std::size_t count = sizeof...(W);

    static constexpr std::array<symbol, count> symbols{symbol_of<W>...};
    static constexpr std::array<std::size_t, count + 1> offsets = [] {
        std::array<std::size_t, count + 1> found{};
        for (std::size_t i = 0; i < count; ++i)
            found[i + 1] = found[i] + static_cast<std::size_t>(symbols[i].dims.size());
        return found;
    }();
    /// The position of a name in the list; count if it is not there.
    static constexpr std::size_t find(std::string_view name) {
        std::size_t i = 0;
        while (i < count && symbols[i].name != name) ++i;
        return i;
    }
    template <std::size_t I>
    using at = std::tuple_element_t<I, std::tuple<W...>>;

    /// Calls f with every weight bound to its place in the block.
    template <class T, class F>
    static constexpr decltype(auto) with(const T* block, F&& f) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            return static_cast<F&&>(f)(binding<W, T>{block + offsets[I], W::shape_type::size}...);
        }(std::index_sequence_for<W...>{});
    }
    /// The same where the call may change the block.
    template <class T, class F>
    static decltype(auto) in_place(T* block, F&& f) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            return static_cast<F&&>(f)(writable_binding<W, T>{block + offsets[I], W::shape_type::size}...);
        }(std::index_sequence_for<W...>{});
    }
};

namespace detail {

/// The position of the layer that a weight belongs to: 2 for "2.bias".
constexpr std::size_t layer_of(std::string_view name) {
    std::size_t position = 0;
    for (char c : name) {
        if (c == '.') break;
        position = position * 10 + static_cast<std::size_t>(c - '0');
    }
    return position;
}

template <class Layer>
constexpr bool wants_he() {
    if constexpr (requires { Layer::wants; })
        return Layer::wants == initialisation::he;
    else
        return false;
}

}  // namespace detail

/// Matrices uniform in (−l, l) with l = √(6 / (in + out)) (Glorot and Bengio 2010), or l = √(6 / in) where the next
/// layer is a rectifier (He et al. 2015); everything else zero.
template <class T, class Weights, class... Layers>
void initialise(T* block, seed s) {
    constexpr bool he_before[] = {detail::wants_he<Layers>()..., false};
    random_sequence random(s);
    for (std::size_t w = 0; w < Weights::count; ++w) {
        const symbol& weight = Weights::symbols[w];
        const std::size_t next = detail::layer_of(weight.name) + 1;
        const bool he = next < sizeof...(Layers) && he_before[next];
        const double limit = math::sqrt(6.0 / (he ? weight.dims.columns : weight.dims.columns + weight.dims.rows));
        for (std::size_t i = Weights::offsets[w]; i < Weights::offsets[w + 1]; ++i)
            block[i] = weight.dims.rank == 2 ? static_cast<T>(limit * (2 * random.uniform() - 1)) : T{};
    }
}

}  // namespace chainfold::nn
