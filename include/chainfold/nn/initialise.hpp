// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the weights of a network start from.

#include <chainfold/math/math.hpp>
#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/random.hpp>
#include <chainfold/nn/weight_list.hpp>

namespace chainfold::nn {

namespace detail {

/// What one tensor starts from: a matrix as the layer after it wants, anything else from a number.
struct start {
    initialisation matrix = initialisation::glorot;
    double value = 0;
};

/// What a layer wants of the weights before it; a block, what its first layer wants.
template <class Layer>
inline constexpr initialisation wanted_by = initialisation::glorot;
template <class Layer>
    requires requires { Layer::wants; }
inline constexpr initialisation wanted_by<Layer> = Layer::wants;
template <class First, class... Rest>
inline constexpr initialisation wanted_by<block<First, Rest...>> = wanted_by<layer_in<First>>;

/// The start of the tensor of this name in a layer, where the layer after it wants `next`.
template <class Layer>
constexpr start start_in(std::string_view name, initialisation next);

template <class... Layers>
constexpr start start_in_chain(layer_list<Layers...>, std::string_view name, initialisation next) {
    constexpr start (*in_layer[])(std::string_view, initialisation) = {&start_in<layer_in<Layers>>...};
    const initialisation wants[] = {wanted_by<layer_in<Layers>>..., next};
    const path_part part = first_part(name);
    if (!part.is_position) return {next, 0};  // a projection beside the layers
    return in_layer[part.position](part.rest, wants[part.position + 1]);
}
template <class... Branches>
constexpr start start_in_branch(layer_list<Branches...>, std::string_view name, initialisation next) {
    constexpr start (*in_branch[])(std::string_view, initialisation) = {&start_in<layer_in<Branches>>...};
    const path_part part = first_part(name);
    return in_branch[part.position](part.rest, next);
}

template <class Layer>
constexpr start start_in(std::string_view name, initialisation next) {
    if constexpr (requires { typename Layer::layers; })
        return start_in_chain(typename Layer::layers{}, name, next);
    else if constexpr (requires { typename Layer::branches; })
        return start_in_branch(typename Layer::branches{}, name, next);
    else if constexpr (requires { Layer::initial_value(name); })
        return {next, Layer::initial_value(name)};
    else
        return {next, 0};
}

}  // namespace detail

/// Matrices uniform in (−l, l) with l = √(6 / (in + out)) (Glorot and Bengio 2010), or l = √(6 / in) where the next
/// layer is a rectifier (He et al. 2015); everything else as its layer says, or zero.
template <class T, class Weights, class... Layers>
void initialise(T* block, seed s) {
    random_sequence random(s);
    for (std::size_t w = 0; w < Weights::count; ++w) {
        const symbol& weight = Weights::symbols[w];
        const detail::start from =
            detail::start_in_chain(detail::layer_list<Layers...>{}, weight.name, initialisation::glorot);
        const bool he = from.matrix == initialisation::he;
        const bool is_kernel = weight.name.ends_with(".kernel");  // in × out
        const int in = is_kernel ? weight.dims.rows : weight.dims.columns;
        const double limit = math::sqrt(6.0 / (he ? in : weight.dims.columns + weight.dims.rows));
        for (std::size_t i = Weights::offsets[w]; i < Weights::offsets[w + 1]; ++i)
            block[i] = static_cast<T>(weight.dims.rank == 2 ? limit * (2 * random.uniform() - 1) : from.value);
    }
}

}  // namespace chainfold::nn
