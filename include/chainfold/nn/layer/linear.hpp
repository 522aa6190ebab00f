// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/broken_chain.hpp>

namespace chainfold::nn {

namespace detail {
enum class linear_option { no_bias, in_by_out };
}
/// An argument after the sizes of a linear without bias: linear<in, out, no_bias>.
inline constexpr auto no_bias = detail::linear_option::no_bias;
/// An argument after the sizes of a linear whose matrix stands as in × out, as Keras and Flax have it:
/// linear<in, out, in_by_out>.  Of one sample, such a layer takes no sums of lanes on its way forward.
inline constexpr auto in_by_out = detail::linear_option::in_by_out;

/// y = W x + b, with weight W (out × in) and bias b (out), as in PyTorch; linear<in, out, no_bias> is y = W x, and
/// linear<in, out, in_by_out> is y = Kᵀ x + b, with kernel K (in × out), as in Keras and Flax.  From a vector of in to
/// one of out.
template <std::size_t In, std::size_t Out, detail::linear_option... Options>
struct linear {
    static constexpr auto input_shape = shape<(In > 0 ? In : 1)>;
    template <class, class, class>
    using mistake = detail::wrong_number<linear>;
    template <fixed_string Prefix>
        requires(In > 0 && Out > 0)
    constexpr auto operator()(auto x, scope<Prefix> s) const {
        const auto product = [&] {
            if constexpr (((Options == in_by_out) || ...))
                return transpose(weight<"kernel", In, Out>(s)) * x;
            else
                return weight<"weight", Out, In>(s) * x;
        }();
        if constexpr (((Options == no_bias) || ...))
            return product;
        else
            return product + weight<"bias", Out>(s);
    }
};

}  // namespace chainfold::nn
