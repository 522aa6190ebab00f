// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/progress.hpp>
#include <chainfold/nn/optimiser/descent.hpp>
#include <chainfold/nn/optimiser/sgd.hpp>
#include <chainfold/nn/batch_stepper.hpp>

namespace chainfold::nn {

struct training_options {
    int epochs = 10;
    std::size_t batch_size = 32;  // the last batch of an epoch may be smaller
    double l2 = 0;                // adds l2 · w to the gradient of every weight matrix: the penalty l2/2 Σ w²
    bool shuffle = true;          // a new order of the samples in every epoch
    std::uint64_t seed = 0;       // of that order
    bool progress = true;         // a line on the terminal; never in a file
};

/// What a callback is told after every epoch.
struct epoch_report {
    int epoch = 0;  // from 1
    int epochs = 0;
    double loss = 0;
};

namespace detail {

struct no_callback {
    constexpr void operator()(const epoch_report&) const {}
};

}  // namespace detail

/// Trains a model by mini-batches.  A loss is a function of output and target that gives a scalar expression.  After
/// every epoch, on_epoch is called with an epoch_report.  Throws std::invalid_argument where data and model do not fit.
template <class T, class... Layers, class U, class Loss, class Optimiser, class OnEpoch = detail::no_callback>
    requires Trainable<sequential<T, Layers...>, U, Loss>
training_history train(sequential<T, Layers...>& model, const dataset<U>& data, const Loss& loss,
                       const Optimiser& optimiser, const training_options& options = {}, OnEpoch on_epoch = {}) {
    using network = sequential<T, Layers...>;
    constexpr std::size_t input_size = decltype(network::input_shape)::size;
    constexpr std::size_t target_size = decltype(network::output_shape)::size;
    const std::size_t samples = detail::samples_in(data, input_size, target_size);
    if (options.batch_size == 0) refuse("train: batch_size must be at least 1");

    stepper<network, Loss> step(loss);
    descent<T, typename network::weights, Optimiser> descend;
    random_sequence random(seed{options.seed});
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < samples; ++i) order.push_back(i);
    std::vector<T> inputs, targets;
    training_history history;
    const progress_line line(options.progress);
    batch_position at{.seed = options.seed};
    for (int epoch = 1; epoch <= options.epochs; ++epoch, ++at.epoch) {
        if (options.shuffle) shuffle(order, random);
        double total = 0;
        at.batch = 0;
        for (std::size_t first = 0; first < samples; first += options.batch_size, ++at.batch, ++at.step) {
            const std::size_t count = samples - first < options.batch_size ? samples - first : options.batch_size;
            detail::gather(inputs, data.inputs.data, input_size, order.data() + first, count);
            detail::gather(targets, data.targets.data, target_size, order.data() + first, count);
            const auto result = step(model, dataset{batch(inputs), batch(targets)}, at);
            total += result.loss * static_cast<double>(count);
            descend.step(model.data(), result.gradient, optimiser, detail::rate_of(optimiser, moment{}), {.l2 = options.l2});
        }
        history.loss.push_back(total / static_cast<double>(samples));
        line.show(epoch, options.epochs, history.loss.back());
        on_epoch(epoch_report{epoch, options.epochs, history.loss.back()});
    }
    return history;
}

template <class Model, class U, class Loss, class Optimiser, class OnEpoch = detail::no_callback>
    requires(!Trainable<Model, U, Loss>)
CHAINFOLD_MISTAKE(verdict_on_training<Model, U, Loss> train(Model&, const dataset<U>&, const Loss&, const Optimiser&,
                                                            const training_options& = {}, OnEpoch = {}))

}  // namespace chainfold::nn
