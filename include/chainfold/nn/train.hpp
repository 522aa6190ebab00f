// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/progress.hpp>
#include <chainfold/nn/sequential.hpp>
#include <chainfold/nn/sgd.hpp>

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

template <class E, class T>
struct step_for;
template <class E, class... W>
struct step_for<E, weight_list<W...>> {
    using type = gradient_request<true, E, W...>;
};

/// Moves the weights against the gradient of the last call; decay for matrices only.
template <class Model, class T, class Optimiser>
void update_weights(Model& model, const T* gradient, const Optimiser& optimiser, double l2) {
    using weights = typename Model::weights;
    if (l2 == 0) {
        optimiser.update(model.data(), gradient, Model::size(), 0);
        return;
    }
    for (std::size_t w = 0; w < weights::count; ++w) {
        const std::size_t begin = weights::offsets[w];
        optimiser.update(model.data() + begin, gradient + begin, weights::offsets[w + 1] - begin,
                         weights::symbols[w].dims.rank == 2 ? l2 : 0);
    }
}

}  // namespace detail

/// The loss of a model as an expression of input<"input", …>, input<"target", …> and the model's weights.
template <class Model, class Loss>
constexpr auto loss_expression(const Loss& loss) {
    return loss(typename Model::output_type{}, typename Model::target_type{});
}

template <class Loss>
inline constexpr bool is_a_function_of_output_and_target = false;
template <class Loss>
struct loss_of_another_kind : training_history {
    static_assert(is_a_function_of_output_and_target<Loss>,
                  "train: the loss must be a function of output and target that gives a scalar expression");
};
template <class Loss>
inline constexpr bool is_a_scalar_loss = false;
template <class Shape>
struct loss_of_no_scalar : training_history {
    static_assert(is_a_scalar_loss<Shape>,
                  "train: the loss must be a scalar expression: write sum(...) or mean(...) around it");
};

namespace detail {
template <class Model, class Loss>
using error_of = decltype(std::declval<const Loss&>()(typename Model::output_type{}, typename Model::target_type{}));
struct no_callback {
    constexpr void operator()(const epoch_report&) const {}
};
template <class T>
struct said_by {
    using type = T;
};
}  // namespace detail

/// A model, data of type U and a loss that fit each other.
template <class Model, class U, class Loss>
concept Trainable = !Poisoned<Model> && std::is_same_v<U, typename Model::value_type> &&
                    Expression<detail::error_of<Model, Loss>> && detail::error_of<Model, Loss>::shape_type::rank == 0;

namespace detail {
template <class Model, class U, class Loss>
struct training_verdict : said_by<loss_of_another_kind<Loss>> {};
template <class Model, class U, class Loss>
    requires Poisoned<Model>
struct training_verdict<Model, U, Loss> : said_by<training_history> {};
template <class Model, class U, class Loss>
    requires(!Poisoned<Model> && std::is_same_v<U, typename Model::value_type> && Poisoned<error_of<Model, Loss>>)
struct training_verdict<Model, U, Loss> : said_by<training_history> {};
template <class Model, class U, class Loss>
    requires(!Poisoned<Model> && !std::is_same_v<U, typename Model::value_type>)
struct training_verdict<Model, U, Loss> : said_by<data_of_another_type<U, typename Model::value_type>> {};
template <class Model, class U, class Loss>
    requires(!Poisoned<Model> && std::is_same_v<U, typename Model::value_type> && Expression<error_of<Model, Loss>>)
struct training_verdict<Model, U, Loss> : said_by<loss_of_no_scalar<typename error_of<Model, Loss>::shape_type>> {};
}  // namespace detail
template <class Model, class U, class Loss>
using verdict_on_training = typename detail::training_verdict<Model, U, Loss>::type;

/// Trains a model by mini-batches.  A loss is a function of output and target that gives a scalar expression.  After
/// every epoch, on_epoch is called with an epoch_report.  Throws std::invalid_argument where data and model do not fit.
template <class T, class... Layers, class U, class Loss, class Optimiser, class OnEpoch = detail::no_callback>
    requires Trainable<sequential<T, Layers...>, U, Loss>
training_history train(sequential<T, Layers...>& model, const dataset<U>& data, const Loss& loss,
                       const Optimiser& optimiser, const training_options& options = {}, OnEpoch on_epoch = {}) {
    using network = sequential<T, Layers...>;
    using error = decltype(loss_expression<network>(loss));
    constexpr typename network::target_type target{};
    constexpr std::size_t input_size = decltype(network::input_shape)::size;
    constexpr std::size_t target_size = decltype(network::output_shape)::size;
    const std::size_t samples = detail::samples_in(data, input_size, target_size);
    if (options.batch_size == 0) refuse("train: batch_size must be at least 1");

    auto step = compile<T>(typename detail::step_for<error, typename network::weights>::type{});
    random_sequence random(seed{options.seed});
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < samples; ++i) order.push_back(i);
    std::vector<T> inputs, targets;
    training_history history;
    const progress_line line(options.progress);
    for (int epoch = 1; epoch <= options.epochs; ++epoch) {
        if (options.shuffle) shuffle(order, random);
        double total = 0;
        for (std::size_t first = 0; first < samples; first += options.batch_size) {
            const std::size_t count = samples - first < options.batch_size ? samples - first : options.batch_size;
            detail::gather(inputs, data.inputs.data, input_size, order.data() + first, count);
            detail::gather(targets, data.targets.data, target_size, order.data() + first, count);
            const auto result = network::weights::with(model.data(), [&](const auto&... bound) {
                return step(typename network::input_type{} = batch(inputs), target = batch(targets), bound...);
            });
            total += static_cast<double>(result.value) * static_cast<double>(count);
            detail::update_weights(model, result.gradient.data(), optimiser, options.l2);
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
