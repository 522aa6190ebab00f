// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/optimiser/optimiser.hpp>

namespace chainfold::nn {

/// Without momentum: nothing is kept for a weight.
struct no_momentum {};

/// Stochastic gradient descent, w ← w − η g; with momentum μ (Polyak 1964; Nesterov 1983, as Sutskever et al. 2013 and
/// PyTorch write it, dampening 0):
///
///     v ← μ v + g,   w ← w − η v,   or Nesterov's   w ← w − η (g + μ v).
template <class Rate = double, class Momentum = no_momentum>
struct sgd {
    Rate learning_rate = 0.01;  // η, or a schedule
    Momentum momentum{};  // μ, from 0 to 1
    bool nesterov = false;  // Nesterov's step; needs a momentum

    static constexpr std::string_view name = "sgd";
    static constexpr bool has_momentum = !std::is_same_v<Momentum, no_momentum>;
    void describe(auto&& note) const {
        if constexpr (has_momentum) note("momentum", static_cast<double>(momentum));
        note("nesterov", nesterov);
    }
    void check() const {
        if (!has_momentum && nesterov) refuse("sgd: Nesterov's step needs a momentum: sgd{.momentum = 0.9, .nesterov = true}");
        if constexpr (has_momentum) detail::check_share("sgd", "momentum", static_cast<double>(momentum));
    }

    template <class T>
    constexpr auto update(optimiser_step<T> step) const {
        if constexpr (!has_momentum)
            return [rate = step.rate](auto& w, auto g) { w -= rate * g; };
        else
            return [rate = step.rate, mu = static_cast<T>(momentum), look_ahead = nesterov](auto& w, auto g, auto& v) {
                v = mu * v + g;
                w -= rate * (look_ahead ? g + mu * v : v);
            };
    }
};

}  // namespace chainfold::nn
