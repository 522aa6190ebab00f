// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where an infinity or a NaN came from, in words.

#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/optimiser/descent.hpp>
#include <chainfold/nn/sentence.hpp>
#include <chainfold/nn/stepper.hpp>

namespace chainfold::nn::detail {

/// "inputs: number 3 of sample 17 is not finite", for the batch that begins at `first`; nothing if all are.
template <class T>
[[gnu::cold]] std::string not_finite_among(const char* name, const batch_of_samples<T>& numbers, std::size_t size,
                             const selection<T>& samples, std::size_t first) {
    for (std::size_t i = 0; i < numbers.count; ++i)
        if (!all_finite(numbers.data + i, 1))
            return sentence("%s: number %zu of sample %zu is not finite", name, i % size,
                            samples.original(first + i / size));
    return {};
}

/// "the gradient of 2.bias is not finite", if that of another weight is; nothing otherwise.
template <class Weights, class T>
[[gnu::cold]] std::string not_finite_weight(const char* what, const T* block) {
    std::size_t found = 0, first = 0;
    for (std::size_t w = Weights::count; w-- > 0;)
        if (!all_finite(block + Weights::offsets[w], Weights::offsets[w + 1] - Weights::offsets[w])) ++found, first = w;
    if (found == 0 || found == Weights::count) return {};
    const std::string_view name = Weights::symbols[first].name;
    return sentence("%s%.*s is not finite", what, static_cast<int>(name.size()), name.data());
}

/// Where in a step something is not finite: in the samples, which begin at `first`, in the weights, in a layer (if
/// there is an inspector), or in the gradient.
template <class Model, class T, class Inspector>
[[gnu::cold]] std::string what_is_not_finite(Model& model, const batch_result<T>& result, const dataset<T>& batch,
                                             const selection<T>& samples, std::size_t first, Inspector& inspector) {
    const bool has_moved = all_finite(&result.loss, 1);  // the weights, by what is not finite in the gradient
    using weights = typename Model::weights;
    std::string found = not_finite_among("inputs", batch.inputs, samples.input_size, samples, first);
    if (found.empty()) found = not_finite_among("targets", batch.targets, samples.target_size, samples, first);
    if (found.empty() && !has_moved) found = not_finite_weight<typename Model::stored>("", model.data());
    if (found.empty() && !has_moved) found = inspector.not_finite_layer(model, batch);
    if (found.empty()) found = not_finite_weight<weights>("the gradient of ", result.gradient);
    if (found.empty() && !inspector.can_say) found = "all numbers of the batch and all weights are: with nn::inspection{} the layer is named";
    return found;
}

}  // namespace chainfold::nn::detail
