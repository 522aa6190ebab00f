// SPDX-License-Identifier: BSL-1.0
#pragma once

// What comes after a layer's sums, in vectors: activations, their slopes, and the two losses.

#include <cmath>

#include "by_hand/networks/vectors.hpp"
#include "network.hpp"

namespace by_hand {

using benchmark::activation;
using benchmark::error;

template <activation A, class V>
INLINE V apply(V z) {
    if constexpr (A == activation::sigmoid) return sigmoid(z);
    if constexpr (A == activation::tanh) return tanh(z);
    if constexpr (A == activation::relu) return z > 0 ? z : V{};
    return z;
}
/// d · f′(z), from y = f(z).
template <activation A, class V>
INLINE V times_slope(V d, V y) {
    if constexpr (A == activation::sigmoid) return d * (y * (1 - y));
    if constexpr (A == activation::tanh) return d * (1 - y * y);
    if constexpr (A == activation::relu) return y > 0 ? d : V{};
    return d;
}

/// The loss of one sample whose output stands in one vector, in the first Net::outputs lanes; z becomes the derivative
/// by the last layer's sums, times factor.  Returns the loss.
template <class Net, class V, class T = typename Net::value_type>
INLINE T compare(V& z, const T* target, T factor) {
    constexpr int lanes = traits<V>::lanes, out = Net::outputs;
    typedef std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t> bits __attribute__((vector_size(sizeof(V))));
    const V t = load_first<V, out>(target);
    bits lane{};
    UNROLL
    for (int i = 0; i < lanes; ++i) lane[i] = i;
    if constexpr (Net::loss == error::squared) {
        const V y = apply<Net::last>(z);
        const V difference = lane < out ? y - t : V{};
        z = times_slope<Net::last>(difference * (2 * factor), y);
        return sum_of_lanes(difference * difference) * factor;
    } else {
        const V known = lane < out ? z : all<V>(T(-1e30));
        const T highest = highest_of_lanes(known);
        const V e = lane < out ? exp(known - highest) : V{};
        const T sum = sum_of_lanes(e), hit = sum_of_lanes(t * (lane < out ? z : V{}));
        z = (e * (1 / sum) - t) * factor;
        return (std::log(sum) + highest - hit) * factor;
    }
}

}  // namespace by_hand
