// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/expression/activation.hpp>

namespace chainfold::nn {

/// What a layer asks of the weights before it, so that signals keep their size.
enum class initialisation {
    glorot,  // Glorot and Bengio 2010: variance 2 / (in + out)
    he       // He et al. 2015: variance 2 / in, for rectifiers
};

/// tanh x, entry by entry, as all of these; a vector or matrix of any size.
struct tanh {
    constexpr auto operator()(auto x) const { return chainfold::tanh(x); }
};
/// 1 / (1 + e⁻ˣ).
struct sigmoid {
    constexpr auto operator()(auto x) const { return chainfold::sigmoid(x); }
};
/// max(x, 0).
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
/// ln(1 + eˣ).
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
/// x sigmoid(x).
struct silu {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::silu(x); }
};
/// x tanh(softplus(x)).
struct mish {
    static constexpr initialisation wants = initialisation::he;
    constexpr auto operator()(auto x) const { return chainfold::mish(x); }
};
/// exp xₖ / Σ exp xⱼ of a vector: probabilities.  Losses that take logits want none of it before them.
struct softmax {
    constexpr auto operator()(auto x) const { return chainfold::softmax(x); }
};
/// ln softmax(x) of a vector, for negative_log_likelihood and kl_divergence.
struct log_softmax {
    constexpr auto operator()(auto x) const { return chainfold::log_softmax(x); }
};

}  // namespace chainfold::nn
