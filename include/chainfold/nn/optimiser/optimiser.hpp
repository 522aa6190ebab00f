// SPDX-License-Identifier: BSL-1.0
#pragma once

// What an optimiser is.  It says how one weight moves; descent.hpp moves all of them in one pass.
//
//     struct heavy_ball {
//         double learning_rate = 0.01;
//         auto update(auto step) const {
//             return [step](auto& w, auto g, auto& velocity) {
//                 velocity = 0.9f * velocity - step.rate * g;
//                 w += velocity;
//             };
//         }
//     };
//
// An optimiser has a learning_rate, a number or a schedule, and update(step), which gives a function of a weight, of its
// gradient, and of as many further numbers (up to four) as are kept for each weight, zero at first.  Written with `auto&`
// it is called for whole registers, for which arithmetic, comparison and the functions of chainfold::math are defined,
// and for what is left; written with `float&` or `double&`, for one weight at a time.
//
// It may have a name, for reports, describe(note), which calls note("beta1", beta1) for its other numbers, and check(),
// which throws where they have no meaning.

#include <chainfold/expression/message.hpp>
#include <chainfold/math/vector.hpp>
#include <chainfold/nn/schedule.hpp>
#include <chainfold/nn/sentence.hpp>
#include <chainfold/program/arguments.hpp>

namespace chainfold::nn {

/// What an optimiser is told of a step: the learning rate, and which step it is, from 1.
template <class T>
struct optimiser_step {
    using value_type = T;
    T rate{};
    std::int64_t count = 1;
};

namespace detail {

/// Throws std::invalid_argument unless 0 ≤ value < 1.
inline void check_share(const char* optimiser, const char* name, double value) {
    if (!(value >= 0 && value < 1))
        refuse(sentence("%s: %s must be at least 0 and below 1, found %g", optimiser, name, value).c_str());
}

/// base to the power of n, n ≥ 0.
constexpr double power(double base, std::int64_t n) {
    double result = 1;
    for (; n > 0; n /= 2, base *= base)
        if (n % 2 == 1) result *= base;
    return result;
}

template <class Rule, class V, std::size_t... S>
constexpr bool takes(std::index_sequence<S...>) {
    return std::is_invocable_v<const Rule&, V&, V, decltype((void)S, std::declval<V&>())...>;
}
inline constexpr std::size_t most_slots = 4;

/// How many numbers a rule keeps for each weight; most_slots + 1 if it is no rule for V.
template <class Rule, class V, std::size_t N = 0>
constexpr std::size_t slots_of() {
    if constexpr (N > most_slots || takes<Rule, V>(std::make_index_sequence<N>{}))
        return N;
    else
        return slots_of<Rule, V, N + 1>();
}

template <class Optimiser, class T>
using rule_of = decltype(std::declval<const Optimiser&>().update(optimiser_step<T>{}));

/// A rule written with auto& runs on registers.
template <class Rule, class T>
inline constexpr bool runs_on_registers = slots_of<Rule, math::native_simd<T>>() <= most_slots;
template <class Rule>
inline constexpr bool runs_on_registers<Rule, long double> = false;

/// The learning rate of an optimiser at a moment.
template <class Optimiser>
constexpr double rate_of(const Optimiser& optimiser, const moment& at) {
    return rate_at(optimiser.learning_rate, at);
}

}  // namespace detail

/// The numbers that an optimiser keeps for each weight.
template <class Optimiser, class T>
inline constexpr std::size_t slots = detail::slots_of<detail::rule_of<Optimiser, T>, T>();

/// A learning rate, and a rule by which weights of type T move.
template <class O, class T>
concept Optimiser = requires(const O& optimiser) {
    { optimiser.learning_rate } -> LearningRate;
    optimiser.update(optimiser_step<T>{});
    requires slots<O, T> <= detail::most_slots;
};

}  // namespace chainfold::nn
