// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/scope.hpp>

namespace chainfold::nn {

enum class bias { none, trained };

/// y = W x + b, with weight W (out × in) and bias b (out), as in PyTorch; linear<in, out, bias::none> is y = W x.
template <std::size_t In, std::size_t Out, bias Bias = bias::trained>
struct linear {
    static constexpr auto input_shape = shape<In>;
    template <fixed_string Prefix>
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        if constexpr (Bias == bias::trained)
            return weight<"weight", Out, In>(s) * x + weight<"bias", Out>(s);
        else
            return weight<"weight", Out, In>(s) * x;
    }
};

}  // namespace chainfold::nn
