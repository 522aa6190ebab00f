// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where a layer's weights are named, and the symbols that a layer may ask for there.

#include <chainfold/expression/function.hpp>

namespace chainfold::nn {

/// Where a layer's weights are named: scope<"2."> in the layer at position 2.
template <fixed_string Prefix>
struct scope {};
/// The same while a network is trained.  A layer that computes something else then takes this one too.
template <fixed_string Prefix>
struct training_scope : scope<Prefix> {};

/// A weight of the layer in whose scope it is: weight<"bias", 10>(s) is parameter<"2.bias", 10> at position 2.
template <fixed_string Name, std::size_t... Extents, fixed_string Prefix>
constexpr auto weight(scope<Prefix>) {
    return parameter<Prefix + Name, Extents...>;
}
/// What a layer remembers without its being trained, such as a running mean: state<"running_mean", 10>(s).
template <fixed_string Name, std::size_t... Extents, fixed_string Prefix>
constexpr auto state(scope<Prefix>) {
    return input<Prefix + Name, Extents...>;
}

namespace detail {

constexpr std::size_t digits_of(std::size_t n) { return n < 10 ? 1 : 1 + digits_of(n / 10); }

/// "12." for position 12.
template <std::size_t Position>
constexpr auto prefix() {
    fixed_string<digits_of(Position) + 1> text;
    std::size_t rest = Position, i = digits_of(Position);
    text.characters[i] = '.';
    do text.characters[--i] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) > 0);
    return text;
}

}  // namespace detail

/// The scope of a part of a layer, by its position or by its name: scope<"2.0.">, scope<"2.projection.">.
template <std::size_t Position, fixed_string Prefix>
constexpr scope<Prefix + detail::prefix<Position>()> part(scope<Prefix>) {
    return {};
}
template <std::size_t Position, fixed_string Prefix>
constexpr training_scope<Prefix + detail::prefix<Position>()> part(training_scope<Prefix>) {
    return {};
}
template <fixed_string Name, fixed_string Prefix>
constexpr scope<Prefix + Name + fixed_string(".")> part(scope<Prefix>) {
    return {};
}
template <fixed_string Name, fixed_string Prefix>
constexpr training_scope<Prefix + Name + fixed_string(".")> part(training_scope<Prefix>) {
    return {};
}

}  // namespace chainfold::nn
