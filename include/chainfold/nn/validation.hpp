// SPDX-License-Identifier: BSL-1.0
#pragma once

// Data that a network is not trained on, measured after every epoch.

#include <chainfold/nn/callback.hpp>
#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/random.hpp>

namespace chainfold::nn {

/// Keeps a share of the training data back: ⌊fraction · n + ½⌋ samples, drawn by the seed of the run.
struct validation_split {
    double fraction = 0.2;
    void describe(auto&& note) const { note("validation_split.fraction", fraction); }
};
template <>
inline constexpr bool is_validation<validation_split> = true;

/// Data of their own, referred to and not copied.
template <class T>
struct validation_data {
    dataset<T> data{};
};
template <class T>
validation_data(dataset<T>) -> validation_data<T>;
template <class T>
inline constexpr bool is_validation<validation_data<T>> = true;

namespace detail {

/// Parts all samples into those to train on and those that are kept back; both stay in their order.
template <class T>
void split(selection<T>& training, selection<T>& kept, const validation_split& how, std::uint64_t seed_of_run) {
    const std::size_t samples = training.size();
    if (!(how.fraction > 0 && how.fraction < 1)) refuse("validation_split: the fraction must lie between 0 and 1");
    const auto count = static_cast<std::size_t>(how.fraction * static_cast<double>(samples) + 0.5);
    if (count == 0 || count == samples)
        refuse("validation_split: the fraction must leave at least one sample on either side");
    const std::vector<std::size_t> order = shuffled_indices(samples, seed{seed_of_run ^ 0x76616c6964617465u});
    std::vector<char> is_kept(samples, 0);
    for (std::size_t i = 0; i < count; ++i) is_kept[order[i]] = 1;
    kept = training;
    kept.all = training.all = false;
    for (std::size_t i = 0; i < samples; ++i) (is_kept[i] ? kept : training).chosen.push_back(i);
}

}  // namespace detail
}  // namespace chainfold::nn
