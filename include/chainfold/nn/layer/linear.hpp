// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/broken_chain.hpp>

namespace chainfold::nn {

namespace detail {
enum class bias_option { no_bias };
}
/// The third argument of a linear without bias: linear<in, out, no_bias>.
inline constexpr auto no_bias = detail::bias_option::no_bias;

/// y = W x + b, with weight W (out × in) and bias b (out), as in PyTorch; linear<in, out, no_bias> is y = W x.  From a
/// vector of in to one of out.
template <std::size_t In, std::size_t Out, detail::bias_option... Without>
struct linear {
    static constexpr auto input_shape = shape<(In > 0 ? In : 1)>;
    template <class, class, class>
    using mistake = detail::wrong_number<linear>;
    template <fixed_string Prefix>
        requires(In > 0 && Out > 0)
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        if constexpr (sizeof...(Without) > 0)
            return weight<"weight", Out, In>(s) * x;
        else
            return weight<"weight", Out, In>(s) * x + weight<"bias", Out>(s);
    }
};

}  // namespace chainfold::nn
