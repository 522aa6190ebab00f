// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/sequential.hpp>

namespace nn = chainfold::nn;
using model = nn::sequential<float, nn::linear<4, 6>, nn::tanh, nn::linear<6, 5>, nn::relu, nn::linear<5, 3>>;

/// The same network wherever it is made: random weights, and biases that are not zero.
inline model original() {
    model net{nn::seed{7}};
    for (float& b : net.get<"0.bias">()) b = 0.125f;
    net.get<"4.bias">()(2) = -0x1.fffffep-3f;
    return net;
}
