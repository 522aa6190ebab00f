// SPDX-License-Identifier: BSL-1.0
#pragma once

// The loss and the metrics of a network on some samples, from one forward pass.

#include <tuple>

#include <chainfold/nn/metrics.hpp>
#include <chainfold/nn/objective.hpp>
#include <chainfold/nn/targets.hpp>

namespace chainfold::nn {

namespace detail {

/// All samples of a data set, checked against what a model and a loss take: one pass over the targets, where the loss does
/// not take any.
template <class Model, class Loss, class T>
selection<T> samples_for(const dataset<T>& data) {
    const selection<T> samples = everything(data, decltype(Model::input_shape)::size, target_of<Model, Loss>::shape_type::size);
    if constexpr (takes_weights<Loss>)
        check_weights(data, samples.size());
    else if (data.weights.count > 0)
        refuse("weights: the loss takes none; write weighted{loss}");
    constexpr target_kind kind = takes_for_targets<Loss>();
    if constexpr (takes_classes<Loss>)
        check_classes(data, decltype(Model::output_shape)::size);
    else if constexpr (kind != target_kind::numbers)
        check_targets(kind, data, samples.target_size);
    return samples;
}

/// The mean loss of outputs that are known: a program of a few nodes.
template <class Model, class Loss>
class loss_of_outputs {
    using T = typename Model::value_type;
    using output_symbol = std::remove_cvref_t<decltype(symbol_of_shape<"output">(Model::output_shape))>;
    using target_symbol = target_of<Model, Loss>;
    using error = decltype(std::declval<const Loss&>()(output_symbol{}, target_symbol{}));

public:
    double operator()(const T* outputs, const dataset<T>& samples, std::size_t count) {
        const batch_of_samples<T> given{outputs, count * output_symbol::shape_type::size};
        if constexpr (takes_weights<Loss>)
            return static_cast<double>(
                program_(output_symbol{} = given, target_symbol{} = samples.targets, sample_weight = samples.weights));
        else
            return static_cast<double>(program_(output_symbol{} = given, target_symbol{} = samples.targets));
    }

private:
    program<T, expression_request<error>> program_;
};

template <std::size_t Width, class X>
constexpr auto tally_if_metric(const X& x) {
    if constexpr (Metric<X>)
        return std::tuple{x.template tally<Width>()};
    else
        return std::tuple<>{};
}

/// What is measured of a network every epoch: a loss, and those of the parts that are metrics.
template <class Model, class Loss>
class measurement {
    using T = typename Model::value_type;
    static constexpr std::size_t width = decltype(Model::output_shape)::size;

public:
    /// The mean loss; values of the metrics are appended to `values`.
    template <class... Part>
    double operator()(Model& model, const selection<T>& samples, std::vector<double>& values, const Part&... parts) {
        auto tallies = std::tuple_cat(tally_if_metric<width>(parts)...);
        double loss = 0;
        each_output(model, samples, [&](const T* outputs, const dataset<T>& part, std::size_t count) {
            loss += loss_(outputs, part, count) * static_cast<double>(count);
            std::apply([&](auto&... tally) { (add_all(tally, outputs, width, part.targets.data, samples.target_size, count), ...); },
                       tallies);
        });
        std::apply([&](auto&... tally) { (values.push_back(tally.value()), ...); }, tallies);
        return loss / static_cast<double>(samples.size());
    }

private:
    loss_of_outputs<Model, Loss> loss_;
};

}  // namespace detail

/// The mean loss of a network on some data, without penalties: mean_loss(net, data, nn::cross_entropy{}).
template <class T, class... Layers, class Loss>
    requires Trainable<sequential<T, Layers...>, T, Loss>
double mean_loss(sequential<T, Layers...>& model, const dataset<T>& data, const Loss&) {
    using network = sequential<T, Layers...>;
    std::vector<double> none;
    return detail::measurement<network, Loss>{}(model, detail::samples_for<network, Loss>(data), none);
}
template <class Model, NoData Data, class Loss>
    requires(!Poisoned<Model>)
CHAINFOLD_MISTAKE(training_on_no_data<Data> mean_loss(Model&, const Data&, const Loss&))
template <class Model, class U, class Loss>
    requires(!Trainable<Model, U, Loss>)
CHAINFOLD_MISTAKE(verdict_on_training<Model, U, Loss> mean_loss(Model&, const dataset<U>&, const Loss&))
template <class Model, class Data>
CHAINFOLD_MISTAKE(loss_of_expressions<Model> mean_loss(Model&, const Data&, detail::function_of_expressions))

}  // namespace chainfold::nn
