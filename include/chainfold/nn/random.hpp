// SPDX-License-Identifier: BSL-1.0
#pragma once

// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014) and what is made of it.
// The distributions of <random> differ between standard libraries.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace chainfold::nn {

/// What a random sequence starts from.
struct seed {
    std::uint64_t value = 0;
};

/// Random numbers, the same for a seed on every machine: SplitMix64 (Steele, Lea and Flood 2014).
class random_sequence {
public:
    constexpr explicit random_sequence(seed s) : state_(s.value) {}

    /// The next 64 bits.
    constexpr std::uint64_t bits() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// Uniform in [0, 1).
    constexpr double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    /// Uniform in 0 … count − 1; the bias is below count / 2⁶⁴.
    constexpr std::size_t below(std::size_t count) { return static_cast<std::size_t>(bits() % count); }

private:
    std::uint64_t state_;
};

namespace detail {
/// One number of several, so that each combination starts a sequence of its own.
template <class... Word>
constexpr std::uint64_t mixed(Word... word) {
    std::uint64_t state = 0;
    ((state = random_sequence(seed{state ^ static_cast<std::uint64_t>(word)}).bits()), ...);
    return state;
}
}  // namespace detail

/// Shuffles by Fisher and Yates.
template <class T>
constexpr void shuffle(std::vector<T>& values, random_sequence& random) {
    for (std::size_t i = values.size(); i > 1; --i) {
        const std::size_t j = random.below(i);
        const T kept = values[i - 1];
        values[i - 1] = values[j];
        values[j] = kept;
    }
}

// (A template: who shuffles nothing need not wait until it is compiled.)
/// 0, 1, … count − 1 in an order that depends on the seed only.
template <std::same_as<std::size_t> Index = std::size_t>
constexpr std::vector<Index> shuffled_indices(std::size_t count, seed s) {
    std::vector<Index> order;
    for (std::size_t i = 0; i < count; ++i) order.push_back(i);
    random_sequence random(s);
    shuffle(order, random);
    return order;
}

}  // namespace chainfold::nn
