// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include <chainfold/nn/history.hpp>
#include <chainfold/nn/sentence.hpp>
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

template <class... Given>
inline constexpr bool are_batches_of_one_type = false;
template <std::size_t Arguments>
struct no_batches : poison {};
template <class... X>
dataset(X...) -> dataset<no_batches<sizeof...(X)>>;
template <std::size_t Arguments>
struct dataset<no_batches<Arguments>> : poison {
    constexpr explicit dataset(const auto&...) {}
    static_assert(are_batches_of_one_type<no_batches<Arguments>>,  // last, as in sequential
                  "data are dataset{batch(inputs), batch(targets)}: numbers of one type, one sample after another");
};
template <class X>
inline constexpr bool is_dataset = false;
template <class T>
inline constexpr bool is_dataset<dataset<T>> = true;
/// Stands where data were meant.
template <class X>
concept NoData = !is_dataset<std::remove_cvref_t<X>> && !Poisoned<X>;

/// What is no history, number or table and goes for one.
template <class Given>
struct training_on_no_data : training_history {
    constexpr operator double() const { return 0; }  // NOLINT: implicit, as an accuracy
    static_assert(are_batches_of_one_type<Given>,
                  "data are dataset{batch(inputs), batch(targets)}: numbers of one type, one sample after another");
};

template <class Given, class Computed>
struct data_of_another_type : training_history {
    constexpr operator double() const { return 0; }  // NOLINT: implicit, as an accuracy
    static_assert(is_computed_in<Given, Computed>,
                  "train, accuracy: the data must hold numbers of the type in which the network computes");
};

namespace detail {

/// Throws std::invalid_argument where samples are said to be and no numbers of their type can be.
template <class T>
void check_address(const char* name, const batch_of_samples<T>& samples) {
    if (samples.count > 0 && samples.data == nullptr)
        refuse(sentence("%s: expected %zu numbers, found a null pointer", name, samples.count).c_str());
    if (chainfold::detail::is_misaligned(samples.data)) chainfold::detail::refuse_alignment(name, alignof(T));
}

/// The number of samples of a data set for a network with these sizes; throws std::invalid_argument where inputs and
/// targets do not agree.
template <class T>
std::size_t samples_in(const dataset<T>& data, std::size_t input_size, std::size_t target_size) {
    using chainfold::detail::refuse_batch;
    check_address("inputs", data.inputs);
    check_address("targets", data.targets);
    check_address("weights", data.weights);
    if (data.inputs.count == 0 || data.inputs.count % input_size != 0)
        refuse_batch("inputs", input_size, data.inputs.count, 0);
    const std::size_t samples = data.inputs.count / input_size;
    if (data.targets.count != samples * target_size) refuse_batch("targets", target_size, data.targets.count, samples);
    return samples;
}

/// As many weights as samples, where the loss takes them.
template <class T>
void check_weights(const dataset<T>& data, std::size_t samples) {
    if (data.weights.count != samples) chainfold::detail::refuse_size("weights", samples, data.weights.count);
    double sum = 0;
    for (std::size_t s = 0; s < samples; ++s) {
        const double weight = static_cast<double>(data.weights.data[s]);
        if (weight < 0) refuse(sentence("weights: expected numbers of at least 0, found %g in sample %zu", weight, s).c_str());
        sum += weight;
    }
    if (sum == 0) refuse("weights: expected one above 0 at least, found none");
}
/// Throws std::invalid_argument where a target is not the number of a class.
template <class T>
void check_classes(const dataset<T>& data, std::size_t classes) {
    for (std::size_t s = 0; s < data.targets.count; ++s) {
        const T c = data.targets.data[s];
        if (!(c >= 0 && c < static_cast<T>(classes) && static_cast<T>(static_cast<std::size_t>(c)) == c))
            refuse(sentence("targets: expected the number of a class from 0 to %zu, found %g in sample %zu", classes - 1,
                            static_cast<double>(c), s)
                       .c_str());
    }
}

/// Copies the chosen samples one after another.
template <class T>
[[gnu::noinline]] void gather(std::vector<T>& to, const T* from, std::size_t size, const std::size_t* chosen, std::size_t count) {
    to.resize(count * size);
    for (std::size_t s = 0; s < count; ++s)
        for (std::size_t i = 0; i < size; ++i) to[s * size + i] = from[chosen[s] * size + i];
}

/// Where the samples of a batch are gathered.
template <class T>
struct batch_memory {
    std::vector<T> inputs{}, targets{}, weights{};
};

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
    /// At most `most` of them from `first` on; gathered in `memory`, if they do not stand together.
    dataset<T> part(std::size_t first, std::size_t most, batch_memory<T>& memory) const {
        const std::size_t count = size() - first < most ? size() - first : most;
        const bool weighted = data.weights.count > 0;
        if (all)
            return {{data.inputs.data + first * input_size, count * input_size},
                    {data.targets.data + first * target_size, count * target_size},
                    weighted ? batch_of_samples<T>{data.weights.data + first, count} : batch_of_samples<T>{}};
        gather(memory.inputs, data.inputs.data, input_size, chosen.data() + first, count);
        gather(memory.targets, data.targets.data, target_size, chosen.data() + first, count);
        if (weighted) gather(memory.weights, data.weights.data, 1, chosen.data() + first, count);
        return {batch(memory.inputs), batch(memory.targets), batch(memory.weights)};
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
