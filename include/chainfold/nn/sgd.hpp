// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace chainfold::nn {

/// Stochastic gradient descent: w ← w − η g, in one pass over the block of weights.
struct sgd {
    double learning_rate = 0.01;

    /// Moves `size` weights against their gradient; `decay` adds decay · w to it.
    template <class T>
    void update(T* weights, const T* gradient, std::size_t size, double decay) const {
        const T rate = static_cast<T>(learning_rate), kept = static_cast<T>(1 - learning_rate * decay);
        if (decay == 0)
            for (std::size_t i = 0; i < size; ++i) weights[i] -= rate * gradient[i];
        else
            for (std::size_t i = 0; i < size; ++i) weights[i] = kept * weights[i] - rate * gradient[i];
    }
};

}  // namespace chainfold::nn
