// SPDX-License-Identifier: BSL-1.0
#pragma once

// Layers one after another, as one expression.

#include <boost/hana/basic_tuple.hpp>

#include <chainfold/nn/scope.hpp>

namespace chainfold::nn {

template <class T, class... Layers>
class sequential;  // nn/sequential.hpp
template <class... Layers>
struct block;  // nn/layer/container.hpp

namespace detail {

/// A network among the layers of another counts for its layers.
template <class Layer>
struct layer_for {
    using type = Layer;
};
template <class T, class... Layers>
struct layer_for<sequential<T, Layers...>> {
    using type = block<Layers...>;
};
template <class Layer>
using layer_in = typename layer_for<Layer>::type;

/// An expression, the number of layers that made it, and the scope that names their weights.
template <class E, std::size_t Layers, class Scope>
struct partial_chain {
    static constexpr std::size_t layers = Layers;
    using output = E;
};

template <class Layer, class X, class Scope>
constexpr auto apply_layer(Layer layer, X x, Scope s) {
    if constexpr (requires { layer(x, s); })
        return layer(x, s);
    else
        return layer(x);
}

// The first layer that does not accept what comes before it ends the chain.
template <class Layer, class X>
concept Accepts = !requires { Layer::input_shape; } || requires { requires Layer::input_shape == shape_of(X{}); };

template <class Layer, class X, class Scope>
concept Applicable =
    requires(Layer layer, X x) { layer(x, Scope{}); } || requires(Layer layer, X x) { layer(x); };

template <class Layer, class X, class Scope>
concept Follows = !Poisoned<X> && Accepts<Layer, X> && Applicable<Layer, X, Scope>;

template <class Scope, std::size_t N>
using scope_of_part = decltype(part<N>(Scope{}));

/// A layer by its type.  (Of a user's layer itself, an operator of the user's might take a hand in the fold.)
template <class Layer>
struct next_layer {};

template <class E, std::size_t N, class Scope, class Layer>
constexpr auto operator|(partial_chain<E, N, Scope>, next_layer<Layer>) {
    if constexpr (!Follows<Layer, E, scope_of_part<Scope, N>>)
        return partial_chain<poison, N, Scope>{};
    else
        return partial_chain<decltype(apply_layer(Layer{}, E{}, scope_of_part<Scope, N>{})), N + 1, Scope>{};
}
template <std::size_t N, class Scope, class Layer>
constexpr auto operator|(partial_chain<poison, N, Scope> ended, next_layer<Layer>) {
    return ended;
}

/// All layers of a tuple after what there is.  (hana::fold_left says the same, and is a fiftieth of what chainfold.hpp
/// costs to include.)
template <class Begun>
struct add_layers {
    template <class... Next>
    constexpr auto operator()(Next... next) const {
        return (Begun{} | ... | next);
    }
};

template <class Layer>
struct input_of {
    using type = poison;
};
template <class Layer>
    requires requires { Layer::input_shape; }
struct input_of<Layer> {
    template <std::size_t... N>
    static constexpr auto make(extents<N...>) {
        return input<"input", N...>;
    }
    using type = std::remove_cvref_t<decltype(make(Layer::input_shape))>;
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

/// The layers as an expression of X, their weights named in the scope by the layers' positions.
template <class X, class Scope, class... Layers>
struct composition {
    using built = decltype(boost::hana::unpack_impl<boost::hana::basic_tuple_tag>::apply(
        boost::hana::basic_tuple<detail::next_layer<detail::layer_in<Layers>>...>{},
        detail::add_layers<detail::partial_chain<X, 0, Scope>>{}));
    using output = typename built::output;
    static constexpr bool fits = !Poisoned<output>;
};

/// The layers as an expression of input<"input", …>.
template <class... Layers>
struct chain {  // of none
    using input = poison;
    using output = poison;
    static constexpr bool has_input = false, fits = false;
};
template <class First, class... Rest>
struct chain<First, Rest...> {
    using input = typename detail::input_of<detail::layer_in<First>>::type;
    using composed = composition<input, scope<"">, First, Rest...>;
    using output = typename composed::output;
    static constexpr bool has_input = !Poisoned<input>;
    static constexpr bool fits = composed::fits;
};

}  // namespace chainfold::nn
