// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include <chainfold/program/call.hpp>

namespace chainfold::nn {

/// Samples and their targets, one after another, and, for a loss that takes them, a weight for each sample; refers to
/// them, copies nothing.
template <class T>
struct dataset {
    batch_of_samples<T> inputs{};
    batch_of_samples<T> targets{};
    batch_of_samples<T> weights{};
};
template <class T>
dataset(batch_of_samples<T>, batch_of_samples<T>) -> dataset<T>;
template <class T>
dataset(batch_of_samples<T>, batch_of_samples<T>, batch_of_samples<T>) -> dataset<T>;

/// What happened: the mean loss of every epoch, each batch measured before the step that it causes.
struct training_history {
    std::vector<double> loss{};
};

template <class Given, class Computed>
struct data_of_another_type : training_history {
    constexpr operator double() const { return 0; }  // NOLINT: implicit, as an accuracy
    static_assert(is_computed_in<Given, Computed>,
                  "train, accuracy: the data must hold numbers of the type in which the network computes");
};

namespace detail {

/// The number of samples of a data set for a network with these sizes; throws std::invalid_argument where inputs and
/// targets do not agree.
template <class T>
std::size_t samples_in(const dataset<T>& data, std::size_t input_size, std::size_t target_size) {
    using chainfold::detail::refuse_batch;
    if (data.inputs.count == 0 || data.inputs.count % input_size != 0)
        refuse_batch("inputs", input_size, data.inputs.count, 0);
    const std::size_t samples = data.inputs.count / input_size;
    if (data.targets.count != samples * target_size) refuse_batch("targets", target_size, data.targets.count, samples);
    return samples;
}

/// Copies the chosen samples one after another.
template <class T>
void gather(std::vector<T>& to, const T* from, std::size_t size, const std::size_t* chosen, std::size_t count) {
    to.resize(count * size);
    for (std::size_t s = 0; s < count; ++s)
        for (std::size_t i = 0; i < size; ++i) to[s * size + i] = from[chosen[s] * size + i];
}

}  // namespace detail
}  // namespace chainfold::nn
