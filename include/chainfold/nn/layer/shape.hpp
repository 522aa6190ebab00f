// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/expression/arrange.hpp>

namespace chainfold::nn {

/// A matrix as the vector of its rows, one after another; a vector as it is.  As the first layer it says what the
/// network is given: flatten<28, 28>.
template <std::size_t... N>
struct flatten {
    static constexpr auto input_shape = shape<N...>;
    constexpr auto operator()(auto x) const { return chainfold::flatten(x); }
};
template <>
struct flatten<> {
    constexpr auto operator()(auto x) const { return chainfold::flatten(x); }
};

}  // namespace chainfold::nn
