// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/sequential.hpp>

namespace chainfold::nn {

/// The position of the largest of `count` numbers; the first of several.
template <class T>
constexpr std::size_t largest(const T* values, std::size_t count) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < count; ++i)
        if (values[i] > values[best]) best = i;
    return best;
}

/// The share of samples whose largest output stands where the target's largest number does; from 0 to 1.
template <class T, class... Layers>
    requires(!Poisoned<sequential<T, Layers...>>)
double accuracy(sequential<T, Layers...>& model, const dataset<T>& data) {
    using network = sequential<T, Layers...>;
    constexpr std::size_t classes = decltype(network::output_shape)::size;
    const std::size_t samples = detail::samples_in(data, decltype(network::input_shape)::size, classes);
    std::vector<T> outputs(samples * classes);
    model(data.inputs, into(outputs));
    std::size_t right = 0;
    for (std::size_t s = 0; s < samples; ++s)
        right += largest(outputs.data() + s * classes, classes) == largest(data.targets.data + s * classes, classes);
    return static_cast<double>(right) / static_cast<double>(samples);
}

template <class Model, class U>
    requires Poisoned<Model>
constexpr double accuracy(const Model&, const dataset<U>&) {
    return 0;
}
template <class Model, class U>
    requires(!Poisoned<Model> && !std::is_same_v<U, typename Model::value_type>)
CHAINFOLD_MISTAKE(data_of_another_type<U, typename Model::value_type> accuracy(const Model&, const dataset<U>&))

}  // namespace chainfold::nn
