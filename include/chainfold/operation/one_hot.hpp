// SPDX-License-Identifier: BSL-1.0
#pragma once

// The number of a class as a vector that is 1 at the class.

#include <chainfold/operation/operation.hpp>

namespace chainfold {

// yᵢ = [i = k] for a scalar k              k̄ = 0
struct one_hot_op : structural<1> {
    static constexpr notation written = indexed("one_hot", {layout::function, "one_hot"});
    static constexpr void evaluate(auto out, const auto& x) {
        const auto k = x[0][0];
        const decltype(x[0][0] + x[0][0]) zero{};
        auto i = zero;  // in the type of k, which may be a register of several
        for (int at = 0; at < out.dims.size(); ++at, i = i + 1) out.put(at, math::select(k == i, zero + 1, zero));
    }
    static constexpr handle pullback(int, auto c, auto, auto) { return make_constant(*c.graph, 0); }
    static constexpr handle pushforward(const handle*, auto y, auto) {  // zeros
        return broadcast(make_constant(*y.graph, 0), y.dims());
    }
};

}  // namespace chainfold
