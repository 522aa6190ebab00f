// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chainfold/nn/optimiser/optimiser.hpp>

namespace chainfold::nn {

namespace detail {

/// m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   w ← w − η / (1 − β₁ᵗ) · m / (√(v / (1 − β₂ᵗ)) + ε)
template <class T>
constexpr auto adam_rule(optimiser_step<T> step, double beta1, double beta2, double epsilon) {
    const double first = 1 - power(beta1, step.count), second = 1 - power(beta2, step.count);
    return [rate = static_cast<T>(static_cast<double>(step.rate) / first),
            scale = static_cast<T>(1 / math::sqrt(second)), b1 = static_cast<T>(beta1), c1 = static_cast<T>(1 - beta1),
            b2 = static_cast<T>(beta2), c2 = static_cast<T>(1 - beta2),
            e = static_cast<T>(epsilon)](auto& w, auto g, auto& m, auto& v) {
        m = b1 * m + c1 * g;
        v = b2 * v + c2 * (g * g);
        w -= rate * m / (math::sqrt(v) * scale + e);
    };
}

template <class Adam>
void describe_adam(auto&& note, const Adam& a) {
    note("beta1", a.beta1);
    note("beta2", a.beta2);
    note("epsilon", a.epsilon);
}
template <class Adam>
void check_adam(const char* who, const Adam& a) {
    check_share(who, "beta1", a.beta1);
    check_share(who, "beta2", a.beta2);
    check_number(who, "epsilon", a.epsilon);
}

}  // namespace detail

/// Adam (Kingma and Ba 2015), with PyTorch's defaults, in step t:
///
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   w ← w − η / (1 − β₁ᵗ) · m / (√(v / (1 − β₂ᵗ)) + ε)
template <class Rate = double>
struct adam {
    Rate learning_rate = 1e-3;  // η, or a schedule
    double beta1 = 0.9;  // β₁: how much of the mean gradient stays
    double beta2 = 0.999;  // β₂: how much of the mean square stays
    double epsilon = 1e-8;  // ε

    static constexpr std::string_view name = "adam";
    void describe(auto&& note) const { detail::describe_adam(note, *this); }
    void check() const { detail::check_adam("adam", *this); }

    template <class T>
    constexpr auto update(optimiser_step<T> step) const {
        return detail::adam_rule(step, beta1, beta2, epsilon);
    }
};

/// Adam with decoupled weight decay, w ← (1 − η weight_decay) w before each step (Loshchilov and Hutter 2019), with
/// PyTorch's defaults.  Only matrices decay; PyTorch shrinks whatever it is given.
template <class Rate = double>
struct adamw {
    Rate learning_rate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 0.01;

    static constexpr std::string_view name = "adamw";
    void describe(auto&& note) const {
        detail::describe_adam(note, *this);
        note("decay of adamw", weight_decay);
    }
    void check() const {
        detail::check_adam("adamw", *this);
        detail::check_number("adamw", "weight_decay", weight_decay);
    }

    template <class T>
    constexpr auto update(optimiser_step<T> step) const {
        return detail::adam_rule(step, beta1, beta2, epsilon);
    }
};

}  // namespace chainfold::nn
