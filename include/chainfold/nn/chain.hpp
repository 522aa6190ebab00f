// SPDX-License-Identifier: BSL-1.0
#pragma once

// Layers one after another, as one expression; and what to say if they do not fit.

#include <boost/hana/fold_left.hpp>
#include <boost/hana/tuple.hpp>

#include <chainfold/nn/layer.hpp>

namespace chainfold::nn {

namespace detail {

constexpr std::size_t digits_of(std::size_t n) { return n < 10 ? 1 : 1 + digits_of(n / 10); }

/// "12." for position 12.
template <std::size_t Position>
constexpr auto prefix() {
    fixed_string<digits_of(Position) + 1> text;
    std::size_t rest = Position, i = digits_of(Position);
    text.characters[i] = '.';
    do text.characters[--i] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) > 0);
    return text;
}

/// An expression, and the number of layers that made it.
template <class E, std::size_t Layers>
struct partial_chain {
    static constexpr std::size_t layers = Layers;
    using output = E;
};

template <class Layer, class X, std::size_t Position>
constexpr auto apply_layer(Layer layer, X x) {
    if constexpr (requires { layer(x, scope<prefix<Position>()>{}); })
        return layer(x, scope<prefix<Position>()>{});
    else
        return layer(x);
}

// The first layer that does not accept what comes before it ends the chain.
template <class Layer, class X>
concept Accepts = !requires { Layer::input_shape; } || requires { requires Layer::input_shape == shape_of(X{}); };

template <class Layer, class X, std::size_t Position>
concept Applicable =
    requires(Layer layer, X x) { layer(x, scope<prefix<Position>()>{}); } || requires(Layer layer, X x) { layer(x); };

template <class Layer, class X, std::size_t Position>
concept Follows = !Poisoned<X> && Accepts<Layer, X> && Applicable<Layer, X, Position>;

struct add_layer {
    template <class E, std::size_t N, class Layer>
    constexpr auto operator()(partial_chain<E, N>, Layer layer) const {
        if constexpr (!Follows<Layer, E, N>)
            return partial_chain<poison, N>{};
        else
            return partial_chain<decltype(apply_layer<Layer, E, N>(layer, E{})), N + 1>{};
    }
    template <std::size_t N, class Layer>
    constexpr auto operator()(partial_chain<poison, N> ended, Layer) const {
        return ended;
    }
};

template <class First>
struct input_of {
    using type = poison;
};
template <class First>
    requires requires { First::input_shape; }
struct input_of<First> {
    template <std::size_t... N>
    static constexpr auto make(extents<N...>) {
        return input<"input", N...>;
    }
    using type = std::remove_cvref_t<decltype(make(First::input_shape))>;
};

template <fixed_string Name, std::size_t... N>
constexpr auto symbol_of_shape(extents<N...>) {
    return chainfold::input<Name, N...>;
}

template <class... Layers>
struct first_of;
template <class First, class... Rest>
struct first_of<First, Rest...> {
    using type = First;
};

}  // namespace detail

/// The layers as an expression of input<"input", …>.
template <class First, class... Rest>
struct chain {
    using input = typename detail::input_of<First>::type;
    using built = decltype(boost::hana::fold_left(boost::hana::tuple<First, Rest...>{},
                                                  detail::partial_chain<input, 0>{}, detail::add_layer{}));
    using output = typename built::output;
    static constexpr bool has_input = !Poisoned<input>;
    static constexpr bool fits = !Poisoned<output>;
};

// ---- Verdicts ----------------------------------------------------------------------------------------------------

template <std::size_t Position>
struct layer {};
template <class Layer, class Given, class Expected>
inline constexpr bool accepts = false;
template <class Given>
inline constexpr bool accepts<layer<0>, Given, Given> = true;
template <class Layer>
inline constexpr bool is_a_layer = false;
template <>
inline constexpr bool is_a_layer<void> = true;
template <class Layer>
inline constexpr bool says_its_input_shape = requires { Layer::input_shape; };

namespace detail {

// The output of the first Count layers, to be shown in the message.
template <std::size_t Count, class E, std::size_t Position, class... Layers>
struct output_after {
    using type = E;
    using next = void;
};
template <std::size_t Count, class E, std::size_t Position, class Layer, class... Rest>
    requires(Position < Count)
struct output_after<Count, E, Position, Layer, Rest...>
    : output_after<Count, decltype(apply_layer<Layer, E, Position>(Layer{}, E{})), Position + 1, Rest...> {};
template <std::size_t Count, class E, std::size_t Position, class Layer, class... Rest>
    requires(Position == Count)
struct output_after<Count, E, Position, Layer, Rest...> {
    using type = E;
    using next = Layer;
};

/// What is wrong with a layer that comes after X.  Nothing new, if X is a mistake already.
template <std::size_t Position, class X, class Layer>
struct layer_mistake {
    using at = layer<0>;
    using given = void;
    using expected = void;
    using uncalled = void;
};
template <std::size_t Position, class X, class Layer>
    requires(!Poisoned<X> && !Accepts<Layer, X>)
struct layer_mistake<Position, X, Layer> : layer_mistake<0, poison, void> {
    using at = layer<Position>;
    using given = typename X::shape_type;
    using expected = std::remove_cvref_t<decltype(Layer::input_shape)>;
};
template <std::size_t Position, class X, class Layer>
    requires(!Poisoned<X> && Accepts<Layer, X> && !Applicable<Layer, X, Position>)
struct layer_mistake<Position, X, Layer> : layer_mistake<0, poison, void> {
    using uncalled = Layer;
};

/// What is wrong with layers that do not fit.
template <class... Layers>
struct broken_chain : layer_mistake<0, poison, void> {
    using first = typename first_of<Layers...>::type;
};
template <class... Layers>
    requires(chain<Layers...>::has_input)
struct broken_chain<Layers...>
    : layer_mistake<
          chain<Layers...>::built::layers,
          typename output_after<chain<Layers...>::built::layers, typename chain<Layers...>::input, 0, Layers...>::type,
          typename output_after<chain<Layers...>::built::layers, typename chain<Layers...>::input, 0,
                                Layers...>::next> {
    using first = typename first_of<Layers...>::type;
};

}  // namespace detail
}  // namespace chainfold::nn
