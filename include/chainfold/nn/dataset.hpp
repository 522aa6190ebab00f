// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include <chainfold/nn/history.hpp>
#include <chainfold/program/call.hpp>

namespace chainfold::nn {

/// Samples and their targets, one after another; refers to them, copies nothing.
template <class T>
struct dataset {
    batch_of_samples<T> inputs{};
    batch_of_samples<T> targets{};
};
template <class T>
dataset(batch_of_samples<T>, batch_of_samples<T>) -> dataset<T>;

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

/// Some samples of a data set: the chosen ones in their order, or all of them.
template <class T>
struct selection {
    dataset<T> data{};
    std::size_t input_size = 0, target_size = 0;
    bool all = true;
    std::vector<std::size_t> chosen{};

    [[nodiscard]] std::size_t size() const { return all ? data.inputs.count / input_size : chosen.size(); }
    /// Names all of them, so that they can be put in another order.
    void choose_all() {
        for (std::size_t i = 0; i < size(); ++i) chosen.push_back(i);
        all = false;
    }
    /// The position in the data of the sample at `i`.
    [[nodiscard]] std::size_t original(std::size_t i) const { return all ? i : chosen[i]; }
    /// At most `most` of them from `first` on; if they do not stand together, they are gathered into two buffers.
    dataset<T> part(std::size_t first, std::size_t most, std::vector<T>& inputs, std::vector<T>& targets) const {
        const std::size_t count = size() - first < most ? size() - first : most;
        if (all)
            return {{data.inputs.data + first * input_size, count * input_size},
                    {data.targets.data + first * target_size, count * target_size}};
        gather(inputs, data.inputs.data, input_size, chosen.data() + first, count);
        gather(targets, data.targets.data, target_size, chosen.data() + first, count);
        return {{inputs.data(), inputs.size()}, {targets.data(), targets.size()}};
    }
};

/// All samples of a data set; throws std::invalid_argument where inputs and targets do not agree.
template <class T>
selection<T> everything(const dataset<T>& data, std::size_t input_size, std::size_t target_size) {
    samples_in(data, input_size, target_size);
    return {data, input_size, target_size, true, {}};
}

}  // namespace detail
}  // namespace chainfold::nn
