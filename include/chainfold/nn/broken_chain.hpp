// SPDX-License-Identifier: BSL-1.0
#pragma once

// What to say of layers that do not fit: which one, how deep it may be, and why.

#include <utility>

#include <chainfold/nn/chain.hpp>

namespace chainfold::nn {

/// The path to a layer, outermost position first.
template <std::size_t... Position>
struct layer {};
template <class Layer, class Given, class Expected>
inline constexpr bool accepts = false;
template <class Given>
inline constexpr bool accepts<layer<>, Given, Given> = true;
template <class Layer>
inline constexpr bool is_a_layer = false;
template <>
inline constexpr bool is_a_layer<void> = true;
template <class Layer>
inline constexpr bool has_right_numbers = false;
template <>
inline constexpr bool has_right_numbers<void> = true;
template <class Layer, class Given, class Made>
inline constexpr bool keeps_shape = false;
template <class Given>
inline constexpr bool keeps_shape<layer<>, Given, Given> = true;
template <class Layer, class... Shape>
struct shapes_at {};
template <class Shapes>
inline constexpr bool are_vectors = false;
template <>
inline constexpr bool are_vectors<shapes_at<layer<>>> = true;
template <class Outer, class Inner>
inline constexpr bool computes_in_one_type = std::is_same_v<Outer, Inner>;
template <class Layer>
inline constexpr bool says_its_input_shape = requires { Layer::input_shape; };

namespace detail {

template <class... Layers>
struct layer_list {};

// What a network asserts of its layers.  Nothing is wrong, or it is no layer's fault:
struct no_mistake {
    using input_at = layer<>;
    using given = void;
    using expected = void;
    using uncalled = void;
    using misnumbered = void;
    using residual_at = layer<>;
    using before = void;
    using after = void;
    using joined = shapes_at<layer<>>;
};
template <class Position, class Given, class Expected>
struct wrong_input : no_mistake {
    using input_at = Position;
    using given = Given;
    using expected = Expected;
};
template <class Layer>
struct not_a_function : no_mistake {
    using uncalled = Layer;
};
template <class Layer>
struct wrong_number : no_mistake {
    using misnumbered = Layer;
};
template <class Position, class Before, class After>
struct changed_shape : no_mistake {
    using residual_at = Position;
    using before = Before;
    using after = After;
};
template <class Position, class... Shape>
struct not_vectors : no_mistake {
    using joined = shapes_at<Position, Shape...>;
};

template <class Position, std::size_t I>
struct inside;
template <std::size_t... P, std::size_t I>
struct inside<layer<P...>, I> {
    using type = layer<P..., I>;
};

// A layer that knows why it cannot be applied says so.
template <class Layer, class X, class Scope, class Position>
concept ExplainsItself = requires { typename Layer::template mistake<X, Scope, Position>; };

template <class Layer, class X, class Scope, class Position>
struct reason : not_a_function<Layer> {};
template <class Layer, class X, class Scope, class Position>
    requires ExplainsItself<Layer, X, Scope, Position>
struct reason<Layer, X, Scope, Position> : Layer::template mistake<X, Scope, Position> {};

/// What is wrong with a layer that comes after X.
template <class Layer, class X, class Scope, class Position>
struct mistake_of_layer : no_mistake {};
template <class Layer, class X, class Scope, class Position>
    requires(!Poisoned<X> && !Accepts<Layer, X>)
struct mistake_of_layer<Layer, X, Scope, Position>
    : wrong_input<Position, typename X::shape_type, std::remove_cvref_t<decltype(Layer::input_shape)>> {};
template <class Layer, class X, class Scope, class Position>
    requires(!Poisoned<X> && Accepts<Layer, X> && !Applicable<Layer, X, Scope>)
struct mistake_of_layer<Layer, X, Scope, Position> : reason<Layer, X, Scope, Position> {};

// The expression before layer Count, and that layer.
template <std::size_t Count, class X, class Scope, class Position, std::size_t At, class... Layers>
struct mistake_at : no_mistake {};
template <std::size_t Count, class X, class Scope, class Position, std::size_t At, class Layer, class... Rest>
    requires(At < Count)
struct mistake_at<Count, X, Scope, Position, At, Layer, Rest...>
    : mistake_at<Count, decltype(apply_layer(Layer{}, X{}, scope_of_part<Scope, At>{})), Scope, Position, At + 1,
                 Rest...> {};
template <std::size_t Count, class X, class Scope, class Position, std::size_t At, class Layer, class... Rest>
    requires(At == Count)
struct mistake_at<Count, X, Scope, Position, At, Layer, Rest...>
    : mistake_of_layer<Layer, X, scope_of_part<Scope, At>, typename inside<Position, At>::type> {};

/// What is wrong with layers one after another.
template <class X, class Scope, class Position, class... Layers>
struct mistake_in_chain
    : mistake_at<composition<X, Scope, Layers...>::built::layers, X, Scope, Position, 0, layer_in<Layers>...> {};

// ---- residual ----------------------------------------------------------------------------------------------------

template <class X, class Scope, class... Layers>
concept KeepsShape = composition<X, Scope, Layers...>::fits &&
                     std::is_same_v<typename composition<X, Scope, Layers...>::output::shape_type, typename X::shape_type>;

template <class X, class Scope, class Position, class... Layers>
struct mistake_in_residual : mistake_in_chain<X, Scope, Position, Layers...> {};
template <class X, class Scope, class Position, class... Layers>
    requires composition<X, Scope, Layers...>::fits
struct mistake_in_residual<X, Scope, Position, Layers...>
    : changed_shape<Position, typename X::shape_type,
                    typename composition<X, Scope, Layers...>::output::shape_type> {};

template <class X, class Scope, class... Layers>
concept IsVectorFunction = X::shape_type::rank == 1 && composition<X, Scope, Layers...>::fits &&
                           composition<X, Scope, Layers...>::output::shape_type::rank == 1;

template <class X, class Scope, class Position, class... Layers>
struct mistake_in_projection : mistake_in_chain<X, Scope, Position, Layers...> {};
template <class X, class Scope, class Position, class... Layers>
    requires composition<X, Scope, Layers...>::fits
struct mistake_in_projection<X, Scope, Position, Layers...>
    : not_vectors<Position, typename X::shape_type,
                  typename composition<X, Scope, Layers...>::output::shape_type> {};

// ---- concat ------------------------------------------------------------------------------------------------------

template <class Branch, class X, class Scope>
using shape_of_branch = typename decltype(apply_layer(layer_in<Branch>{}, X{}, Scope{}))::shape_type;

template <class X, class Scope, class Sequence, class... Branches>
inline constexpr bool branches_fit = false;
template <class X, class Scope, std::size_t... I, class... Branches>
inline constexpr bool branches_fit<X, Scope, std::index_sequence<I...>, Branches...> =
    (Follows<layer_in<Branches>, X, scope_of_part<Scope, I>> && ...);
template <class X, class Scope, class Sequence, class... Branches>
inline constexpr bool branches_give_vectors = false;
template <class X, class Scope, std::size_t... I, class... Branches>
inline constexpr bool branches_give_vectors<X, Scope, std::index_sequence<I...>, Branches...> =
    ((shape_of_branch<Branches, X, scope_of_part<Scope, I>>::rank < 2) && ...);

template <class X, class Scope, class... Branches>
concept GivesVectors = branches_fit<X, Scope, std::index_sequence_for<Branches...>, Branches...> &&
                       branches_give_vectors<X, Scope, std::index_sequence_for<Branches...>, Branches...>;

// The first branch that does not fit.
template <class X, class Scope, class Position, std::size_t I, class... Branches>
struct mistake_in_branch : no_mistake {};
template <class X, class Scope, class Position, std::size_t I, class First, class... Rest>
struct mistake_in_branch<X, Scope, Position, I, First, Rest...>
    : std::conditional_t<Follows<layer_in<First>, X, scope_of_part<Scope, I>>,
                         mistake_in_branch<X, Scope, Position, I + 1, Rest...>,
                         mistake_of_layer<layer_in<First>, X, scope_of_part<Scope, I>,
                                          typename inside<Position, I>::type>> {};

template <class X, class Scope, class Position, class Sequence, class... Branches>
struct shapes_of_branches;
template <class X, class Scope, class Position, std::size_t... I, class... Branches>
struct shapes_of_branches<X, Scope, Position, std::index_sequence<I...>, Branches...>
    : not_vectors<Position, shape_of_branch<Branches, X, scope_of_part<Scope, I>>...> {};

template <class X, class Scope, class Position, class... Branches>
struct mistake_in_branches : mistake_in_branch<X, Scope, Position, 0, Branches...> {};
template <class X, class Scope, class Position, class... Branches>
    requires branches_fit<X, Scope, std::index_sequence_for<Branches...>, Branches...>
struct mistake_in_branches<X, Scope, Position, Branches...>
    : shapes_of_branches<X, Scope, Position, std::index_sequence_for<Branches...>, Branches...> {};

// ---- All of it ---------------------------------------------------------------------------------------------------

/// The type in which a network among the layers of another computes, if it is not T.
template <class T, class... Layers>
struct other_type {
    using type = T;
};
template <class T, class First, class... Rest>
struct other_type<T, First, Rest...> : other_type<T, Rest...> {};
template <class T, class U, class... Inner, class... Rest>
struct other_type<T, sequential<U, Inner...>, Rest...>
    : std::conditional_t<std::is_same_v<T, U>, other_type<T, Inner..., Rest...>, std::type_identity<U>> {};
template <class T, class... Layers>
concept OneType = std::is_same_v<T, typename other_type<T, Layers...>::type>;

/// What is wrong with the layers of a network.
template <class... Layers>
struct broken_chain : no_mistake {};
template <class... Layers>
    requires(chain<Layers...>::has_input)
struct broken_chain<Layers...> : mistake_in_chain<typename chain<Layers...>::input, scope<"">, layer<>, Layers...> {};

}  // namespace detail
}  // namespace chainfold::nn
