// SPDX-License-Identifier: BSL-1.0
#pragma once

// Symbols that stand for something only a batch has, while a network is trained: the mean and the variance of an
// expression over the batch's samples, and random numbers.  A program is written for one sample; to it these are
// inputs.  What they are inputs of stands in their meaning, where whoever runs the program finds it.

#include <chainfold/math/math.hpp>
#include <chainfold/nn/scope.hpp>

namespace chainfold::nn {

namespace detail {

template <class C>
struct number_in;
template <number Value>
struct number_in<call<constant_op, Value>> {
    static constexpr number value = Value;
};
/// The number that an expression such as 0.1_c stands for.
template <class C>
inline constexpr number number_of = number_in<definition_of<std::remove_cvref_t<C>>>::value;

/// The meaning of a moment of a batch, which belongs to `Moments`.
template <fixed_string Name, class Moments>
struct batch_moment : named<Name, typename Moments::of::shape_type, false> {
    using moments = Moments;
};

/// Mean and variance of Z over a batch, as symbols.  The states of the same scope follow them.
template <fixed_string Prefix, class Z, number Momentum>
struct moments_of_batch {
    using of = Z;
    template <fixed_string Name>
    using symbol = typename chainfold::detail::made_as<
        combine(combine(chainfold::detail::made_symbol<Prefix + Name, typename Z::shape_type, false>::key, Z::key),
                chainfold::detail::hash_of(Momentum)),
        typename Z::shape_type, batch_moment<Prefix + Name, moments_of_batch>>::type;
    using mean_type = symbol<"batch_mean">;
    using variance_type = symbol<"batch_var">;
    static constexpr auto running_mean = Prefix + fixed_string("running_mean");
    static constexpr auto running_variance = Prefix + fixed_string("running_var");
    static constexpr number momentum = Momentum;
};

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

}  // namespace detail

/// A mean and a variance.
template <class Mean, class Variance>
struct moments {
    Mean mean{};
    Variance variance{};
};
template <class Mean, class Variance>
moments(Mean, Variance) -> moments<Mean, Variance>;

/// Mean and variance (divided by n) of z, entry by entry, over the samples of the batch that is being trained with.
/// The layer's states running_mean and running_var follow them: r ← (1 − momentum) r + momentum · moment, with the
/// variance divided by n − 1.
template <auto Momentum, class Z, fixed_string Prefix>
constexpr auto batch_moments(Z, training_scope<Prefix>) {
    using both = detail::moments_of_batch<Prefix, Z, detail::number_of<decltype(Momentum)>>;
    return moments{typename both::mean_type{}, typename both::variance_type{}};
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
