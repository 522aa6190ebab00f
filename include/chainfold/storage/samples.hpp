// SPDX-License-Identifier: BSL-1.0
#pragma once

// Samples as training wants them: classes as numbers, a part for training and a part for testing.

#include <vector>

#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/random.hpp>
#include <chainfold/storage/error.hpp>

namespace chainfold {

/// For each label a vector of `classes` numbers: 1 at the label, 0 elsewhere.  Throws std::invalid_argument for a label
/// that is no class.
template <class T, Contiguous Labels>
std::vector<T> one_hot(const Labels& labels, std::size_t classes) {
    const auto* const label = contiguous_traits<Labels>::data(labels);
    const std::size_t count = contiguous_traits<Labels>::count(labels);
    std::vector<T> targets(count * classes);
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(label[i]);
        if (at >= classes || static_cast<std::remove_cvref_t<decltype(label[i])>>(at) != label[i])
            detail::refuse_argument("one_hot: label " + std::to_string(i) + ": expected a class from 0 to " +
                                    std::to_string(classes == 0 ? 0 : classes - 1) + ", found " + std::to_string(label[i]));
        targets[i * classes + at] = 1;
    }
    return targets;
}

/// Samples and their targets, one after another.
template <class T>
struct sample_set {
    std::vector<T> inputs{};
    std::vector<T> targets{};

    /// As nn::train wants it; refers to the samples here.
    [[nodiscard]] nn::dataset<T> data() const { return {batch(inputs), batch(targets)}; }
};
/// What split gives.
template <class T>
struct parts {
    sample_set<T> training{};
    sample_set<T> test{};
};

/// How samples are divided.
struct split_options {
    double test = 0.2;       // the share of the samples kept for the test, rounded to a whole number of them
    std::uint64_t seed = 0;  // of the order in which they are drawn
    bool shuffle = true;     // otherwise the last ones are kept for the test
};

/// Divides `samples` samples into a part for training and a part for testing, each of at least one.  Throws
/// std::invalid_argument where the numbers are no whole number for each sample.
template <Contiguous Inputs, Contiguous Targets>
auto split(const Inputs& inputs, const Targets& targets, std::size_t samples, const split_options& options = {}) {
    using T = typename contiguous_traits<Inputs>::value_type;
    static_assert(std::is_same_v<T, typename contiguous_traits<Targets>::value_type>,
                  "split: inputs and targets must be numbers of one type");
    const T *const x = contiguous_traits<Inputs>::data(inputs), *const t = contiguous_traits<Targets>::data(targets);
    const auto width = [&](const char* what, std::size_t numbers) {
        if (samples == 0 || numbers % samples != 0)
            detail::refuse_argument(std::string("split: ") + what + ": expected as many numbers for each of " +
                                    std::to_string(samples) + " samples, found " + std::to_string(numbers) + " in all");
        return numbers / samples;
    };
    const std::size_t columns = width("inputs", contiguous_traits<Inputs>::count(inputs));
    const std::size_t target_columns = width("targets", contiguous_traits<Targets>::count(targets));
    if (!(options.test > 0 && options.test < 1)) detail::refuse_argument("split: the share for the test must lie between 0 and 1");
    const auto kept = static_cast<std::size_t>(options.test * static_cast<double>(samples) + 0.5);
    if (kept == 0 || kept == samples) detail::refuse_argument("split: each part must have at least one sample");

    std::vector<std::size_t> order(samples);
    for (std::size_t i = 0; i < samples; ++i) order[i] = i;
    if (options.shuffle) order = nn::shuffled_indices(samples, nn::seed{options.seed});
    parts<T> divided;
    for (std::size_t i = 0; i < samples; ++i) {
        sample_set<T>& part = i < samples - kept ? divided.training : divided.test;
        const T* const input = x + order[i] * columns;
        const T* const target = t + order[i] * target_columns;
        part.inputs.insert(part.inputs.end(), input, input + columns);
        part.targets.insert(part.targets.end(), target, target + target_columns);
    }
    return divided;
}

}  // namespace chainfold
