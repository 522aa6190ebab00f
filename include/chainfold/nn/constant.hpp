// SPDX-License-Identifier: BSL-1.0
#pragma once

// A network whose weights are a constant, such as those in a header that save_header wrote, in constant expressions.

#include <chainfold/expression/binding.hpp>  // first, as in chainfold.hpp, where it is about messages
#include <chainfold/nn/weight_mistakes.hpp>

#include <chainfold/nn/sequential.hpp>
#include <chainfold/program/evaluate.hpp>

namespace chainfold::nn {

/// The output for one sample, by the interpreter: static_assert(nn::evaluate<model>(digits::values, sample)(3) > 0.9f).
/// (At run time `model net{digits::values}` computes the same faster.)
template <class Model, class T, std::size_t N, class Sample>
    requires(!Poisoned<Model, Sample> && std::is_same_v<T, typename Model::value_type> && N == Model::stored::size &&
             SampleFor<T, typename Model::input_type, Sample>)
constexpr auto evaluate(const T (&weights)[N], const Sample& sample) {
    return chainfold::evaluate(typename Model::output_type{}, typename Model::input_type{} = sample,
                               Model::stored::bound(weights));
}
template <class Model, class T, std::size_t N, class Sample>
    requires Poisoned<Model, Sample>
constexpr poison evaluate(const T (&)[N], const Sample&) {
    return {};
}
template <class Model, class T, std::size_t N, class Sample>
    requires(!Poisoned<Model, Sample> && (!std::is_same_v<T, typename Model::value_type> || N != Model::stored::size))
CHAINFOLD_MISTAKE(no_such_weights<typename Model::value_type, Model::stored::size, T, N> evaluate(
    const T (&)[N], const Sample&))
template <class Model, class T, std::size_t N, class Sample>
    requires(!Poisoned<Model, Sample> && std::is_same_v<T, typename Model::value_type> && N == Model::stored::size &&
             !SampleFor<T, typename Model::input_type, Sample>)
CHAINFOLD_MISTAKE(verdict_on_sample<T, typename Model::output_type, typename Model::input_type, Sample> evaluate(
    const T (&)[N], const Sample&))

}  // namespace chainfold::nn
