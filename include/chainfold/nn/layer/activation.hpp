// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/expression/activation.hpp>

namespace chainfold::nn {

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
/// x above zero, eˣ − 1 below.
struct elu {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::elu(x); }
};
struct softplus {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::softplus(x); }
};
/// x Φ(x).
struct gelu {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::gelu(x); }
};
/// gelu's approximation by tanh.
struct gelu_tanh {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::gelu_tanh(x); }
};
struct silu {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::silu(x); }
};
struct mish {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::mish(x); }
};
struct softmax {
    constexpr auto operator()(auto x) const { return chainfold::softmax(x); }
};
struct log_softmax {
    constexpr auto operator()(auto x) const { return chainfold::log_softmax(x); }
};

}  // namespace chainfold::nn
