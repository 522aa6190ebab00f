// SPDX-License-Identifier: BSL-1.0
#pragma once

// Layers made of layers.  Their weights are named by the path to them: "3.0.weight" is that of the first layer of the
// one at position 3, as in PyTorch where a module holds a Sequential's children.

#include <chainfold/expression/arrange.hpp>
#include <chainfold/nn/broken_chain.hpp>
#include <chainfold/nn/layer/linear.hpp>

namespace chainfold::nn {

namespace detail {

/// What a layer made of others says of its input: what the first says that says anything.
template <class... Layers>
struct input_said {};
template <class First, class... Rest>
struct input_said<First, Rest...> : input_said<Rest...> {};
template <class First, class... Rest>
    requires requires { layer_in<First>::input_shape; }
struct input_said<First, Rest...> {
    static constexpr auto input_shape = layer_in<First>::input_shape;
};
template <class First>
struct input_of_first : input_said<First> {};

}  // namespace detail

/// The layers one after another, as one layer: what a sequential is among the layers of another.
template <class... Layers>
struct block : detail::input_of_first<typename detail::first_of<Layers...>::type> {
    using layers = detail::layer_list<Layers...>;
    template <class X, class Scope>
        requires composition<X, Scope, Layers...>::fits
    constexpr auto operator()(X, Scope) const {
        return typename composition<X, Scope, Layers...>::output{};
    }
    template <class X, class Scope, class Position>
    using mistake = detail::mistake_in_chain<X, Scope, Position, Layers...>;
};

/// x + f(x) with the layers f, which give the shape that they are given (He et al. 2016).
template <class... Layers>
struct residual : detail::input_of_first<typename detail::first_of<Layers...>::type> {
    using layers = detail::layer_list<Layers...>;
    template <class X, class Scope>
        requires detail::KeepsShape<X, Scope, Layers...>
    constexpr auto operator()(X x, Scope) const {
        return x + typename composition<X, Scope, Layers...>::output{};
    }
    template <class X, class Scope, class Position>
    using mistake = detail::mistake_in_residual<X, Scope, Position, Layers...>;
};

/// P x + f(x), where the layers f give a vector of another length than they are given: P (out × in), named
/// "projection.weight", is trained as well.
template <class... Layers>
struct projected_residual : detail::input_of_first<typename detail::first_of<Layers...>::type> {
    using layers = detail::layer_list<Layers...>;
    template <class X, class Scope>
        requires detail::IsVectorFunction<X, Scope, Layers...>
    constexpr auto operator()(X x, Scope s) const {
        using output = typename composition<X, Scope, Layers...>::output;
        constexpr linear<X::shape_type::size, output::shape_type::size, no_bias> projection{};
        return projection(x, part<"projection">(s)) + output{};
    }
    template <class X, class Scope, class Position>
    using mistake = detail::mistake_in_projection<X, Scope, Position, Layers...>;
};

/// What the branches, layers side by side, make of the same input, one after another in one vector.
template <class... Branches>
struct concat : detail::input_said<Branches...> {
    using branches = detail::layer_list<Branches...>;
    template <class X, class Scope>
        requires detail::GivesVectors<X, Scope, Branches...>
    constexpr auto operator()(X x, Scope s) const {
        return joined(x, s, std::index_sequence_for<Branches...>{});
    }
    template <class X, class Scope, class Position>
    using mistake = detail::mistake_in_branches<X, Scope, Position, Branches...>;

private:
    template <class X, class Scope, std::size_t... I>
    static constexpr auto joined(X x, Scope, std::index_sequence<I...>) {
        return chainfold::concat(
            detail::apply_layer(detail::layer_in<Branches>{}, x, detail::scope_of_part<Scope, I>{})...);
    }
};

}  // namespace chainfold::nn
