// SPDX-License-Identifier: BSL-1.0
#pragma once

// Symbols that stand for something only a batch has, while a network is trained: the mean and the variance of an
// expression over the batch's samples, and random numbers.  A program is written for one sample; to it these are
// inputs.  What they are inputs of stands in their meaning, where whoever runs the program finds it.

#include <chainfold/math/math.hpp>
#include <chainfold/nn/scope.hpp>

namespace chainfold::nn {

enum class moment { mean, variance };

namespace detail {

/// The meaning of a moment of Z over a batch.  `Running` names the state that follows it.
template <fixed_string Name, class Z, moment Which, fixed_string Running, number Momentum>
struct batch_moment : named<Name, typename Z::shape_type, false> {
    using of = Z;
    static constexpr moment which = Which;
    static constexpr std::string_view running = Running.view();
    static constexpr number momentum = Momentum;
};
template <fixed_string Name, class Z, moment Which, fixed_string Running, number Momentum>
using made_moment = typename chainfold::detail::made_as<
    combine(combine(combine(chainfold::detail::made_symbol<Name, typename Z::shape_type, false>::key, Z::key),
                    static_cast<hash_value>(Which)),
            chainfold::detail::hash_of(Momentum)),
    typename Z::shape_type, batch_moment<Name, Z, Which, Running, Momentum>>::type;

/// The meaning of numbers drawn anew for every sample of a batch.
template <fixed_string Name, class Shape, class Distribution>
struct batch_noise : named<Name, Shape, false> {
    using distribution = Distribution;
};

/// A hash of a type's name.
template <class X>
constexpr hash_value hash_of_type() {
    return combine(0, std::string_view(__PRETTY_FUNCTION__));
}

template <class C>
struct number_in;
template <number Value>
struct number_in<call<constant_op, Value>> {
    static constexpr number value = Value;
};
/// The number that an expression such as 0.1_c stands for.
template <class C>
inline constexpr number number_of = number_in<definition_of<std::remove_cvref_t<C>>>::value;

}  // namespace detail

/// Mean and variance (divided by n) of an expression over the samples of a batch, entry by entry.
template <class Mean, class Variance>
struct moments {
    Mean mean{};
    Variance variance{};
};

/// The moments of z over the batch that is being trained with.  The layer's states running_mean and running_var follow
/// them: r ← (1 − momentum) r + momentum · moment, the variance divided by n − 1.
template <auto Momentum, class Z, fixed_string Prefix>
constexpr auto batch_moments(Z, training_scope<Prefix>) {
    constexpr number momentum = detail::number_of<decltype(Momentum)>;
    using mean = detail::made_moment<Prefix + fixed_string("batch_mean"), Z, moment::mean,
                                     Prefix + fixed_string("running_mean"), momentum>;
    using variance = detail::made_moment<Prefix + fixed_string("batch_var"), Z, moment::variance,
                                         Prefix + fixed_string("running_var"), momentum>;
    return moments<mean, variance>{};
}

/// Random numbers, drawn anew for every sample: Distribution::draw(u) makes one of a u that is uniform in [0, 1).
template <fixed_string Name, class Distribution, std::size_t... N, fixed_string Prefix>
constexpr auto noise(training_scope<Prefix>) {
    using symbol = chainfold::detail::made_symbol<Prefix + Name, extents<N...>, false>;
    using meaning = detail::batch_noise<Prefix + Name, extents<N...>, Distribution>;
    return typename chainfold::detail::made_as<combine(symbol::key, detail::hash_of_type<Distribution>()), extents<N...>,
                                               meaning>::type{};
}

}  // namespace chainfold::nn
