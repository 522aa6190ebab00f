// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/optimiser/sgd.hpp>

namespace chainfold::nn {

/// RMSprop (Hinton 2012), with PyTorch's defaults; with momentum μ as there:
///
///     s ← α s + (1 − α) g²,   d = g / (√s + ε),   w ← w − η d,   or   v ← μ v + d,   w ← w − η v.
template <class Rate = double, class Momentum = no_momentum>
struct rmsprop {
    Rate learning_rate = 0.01;  // η, or a schedule
    double alpha = 0.99;  // α: how much of the mean of squares stays
    double epsilon = 1e-8;  // ε
    Momentum momentum{};  // μ, from 0 to 1

    static constexpr std::string_view name = "rmsprop";
    static constexpr bool has_momentum = !std::is_same_v<Momentum, no_momentum>;
    void describe(auto&& note) const {
        note("alpha", alpha);
        note("epsilon", epsilon);
        if constexpr (has_momentum) note("momentum", static_cast<double>(momentum));
    }
    void check() const {
        detail::check_share("rmsprop", "alpha", alpha);
        detail::check_number("rmsprop", "epsilon", epsilon);
        if constexpr (has_momentum) detail::check_share("rmsprop", "momentum", static_cast<double>(momentum));
    }

    template <class T>
    constexpr auto update(optimiser_step<T> step) const {
        const auto direction = [a = static_cast<T>(alpha), b = static_cast<T>(1 - alpha),
                                e = static_cast<T>(epsilon)](auto g, auto& s) {
            s = a * s + b * (g * g);
            return g / (math::sqrt(s) + e);
        };
        if constexpr (!has_momentum)
            return [direction, rate = step.rate](auto& w, auto g, auto& s) { w -= rate * direction(g, s); };
        else
            return [direction, rate = step.rate, mu = static_cast<T>(momentum)](auto& w, auto g, auto& s, auto& v) {
                v = mu * v + direction(g, s);
                w -= rate * v;
            };
    }
};

}  // namespace chainfold::nn
