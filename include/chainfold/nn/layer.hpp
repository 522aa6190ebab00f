// SPDX-License-Identifier: BSL-1.0
#pragma once

// A layer is a function on expressions: of its input, and, if it has weights, of a scope that names them.
//
//     struct swish {
//         constexpr auto operator()(auto x) const { return hadamard(x, sigmoid(x)); }
//     };
//
// A layer whose input has one possible shape says so with a static member `input_shape`.

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/loss.hpp>

namespace chainfold::nn {

/// Where a layer's weights are named: scope<"2."> in the layer at position 2.
template <fixed_string Prefix>
struct scope {};

/// A weight of the layer in whose scope it is: weight<"bias", 10>(s) is parameter<"2.bias", 10> at position 2.
template <fixed_string Name, std::size_t... Extents, fixed_string Prefix>
constexpr auto weight(scope<Prefix>) {
    return parameter<Prefix + Name, Extents...>;
}

/// y = W x + b, with weight W (out × in) and bias b (out), as in PyTorch.
template <std::size_t In, std::size_t Out>
struct linear {
    static constexpr auto input_shape = shape<In>;
    template <fixed_string Prefix>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        return weight<"weight", Out, In>(s) * x + weight<"bias", Out>(s);
    }
};

/// What a layer asks of the weights before it, so that signals keep their size.
enum class initialisation {
    glorot,  // Glorot and Bengio 2010: variance 2 / (in + out)
    he       // He et al. 2015: variance 2 / in, for rectifiers
};

struct tanh {
    constexpr auto operator()(auto x) const { return chainfold::tanh(x); }
};
struct sigmoid {
    constexpr auto operator()(auto x) const { return chainfold::sigmoid(x); }
};
struct relu {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::relu(x); }
};
/// Slope 0.01 below zero.
struct leaky_relu {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::leaky_relu(x); }
};
struct softplus {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::softplus(x); }
};
struct softmax {
    constexpr auto operator()(auto x) const { return chainfold::softmax(x); }
};
struct log_softmax {
    constexpr auto operator()(auto x) const { return chainfold::log_softmax(x); }
};

// Losses of a network's output and a target: functions on expressions too.
struct squared_error {
    constexpr auto operator()(auto y, auto t) const { return chainfold::squared_error(y, t); }
};
struct mean_squared_error {
    constexpr auto operator()(auto y, auto t) const { return chainfold::mean_squared_error(y, t); }
};
/// From logits; the target is a distribution (for classes: 1 at the class, 0 elsewhere).
struct cross_entropy {
    constexpr auto operator()(auto z, auto t) const { return chainfold::cross_entropy(z, t); }
};
/// From logits; targets between 0 and 1.
struct binary_cross_entropy {
    constexpr auto operator()(auto z, auto t) const { return chainfold::binary_cross_entropy(z, t); }
};

}  // namespace chainfold::nn
