// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/optimiser/optimiser.hpp>

namespace chainfold::nn {

/// Adagrad (Duchi, Hazan and Singer 2011), with PyTorch's defaults:
///
///     s ← s + g²,   w ← w − η / (1 + (t − 1) rate_decay) · g / (√(s + s₀) + ε).
template <class Rate = double>
struct adagrad {
    Rate learning_rate = 0.01;  // η, or a schedule
    double rate_decay = 0;  // how fast η falls from step to step
    double initial_sum = 0;  // s₀
    double epsilon = 1e-10;  // ε

    static constexpr std::string_view name = "adagrad";
    void describe(auto&& note) const {
        note("rate_decay", rate_decay);
        note("initial_sum", initial_sum);
        note("epsilon", epsilon);
    }
    void check() const {
        detail::check_number("adagrad", "rate_decay", rate_decay);
        detail::check_number("adagrad", "initial_sum", initial_sum);
        detail::check_number("adagrad", "epsilon", epsilon);
    }

    template <class T>
    constexpr auto update(optimiser_step<T> step) const {
        const double slower = 1 + static_cast<double>(step.count - 1) * rate_decay;
        return [rate = static_cast<T>(static_cast<double>(step.rate) / slower), s0 = static_cast<T>(initial_sum),
                e = static_cast<T>(epsilon)](auto& w, auto g, auto& s) {
            s += g * g;
            w -= rate * g / (math::sqrt(s + s0) + e);
        };
    }
};

}  // namespace chainfold::nn
