// SPDX-License-Identifier: BSL-1.0
#pragma once

// train(…): the training of a network by mini-batches.

#include <chainfold/nn/optimiser/sgd.hpp>
#include <chainfold/nn/trainer.hpp>

namespace chainfold::nn {

template <class Optimiser>
inline constexpr bool is_an_optimiser = false;
template <class Optimiser>
struct training_with_no_optimiser : training_history {
    static_assert(is_an_optimiser<Optimiser>,
                  "train: an optimiser has a learning_rate, a number or a schedule, and update(step), the rule for a weight");
};
template <class Part>
inline constexpr bool is_a_part_of_training = false;
template <class Part>
struct training_with_unknown_part : training_history {
    static_assert(is_a_part_of_training<Part>,
                  "train: after the options stand callbacks (of an epoch_report or batch_report), metrics, validation, "
                  "early_stopping, inspection, on{threads} or a checkpoint");
};

namespace detail {
template <class T, class... Part>
struct first_unknown_part {};
template <class T, class First, class... Rest>
struct first_unknown_part<T, First, Rest...>
    : std::conditional_t<PartOfTraining<First, T>, first_unknown_part<T, Rest...>,
                         said_by<training_with_unknown_part<First>>> {};

template <class Model, class U, class Loss, class O, class... Part>
struct call_of_train : training_verdict<Model, U, Loss> {};
template <class Model, class U, class Loss, class O, class... Part>
    requires(Trainable<Model, U, Loss> && !Optimiser<O, U>)
struct call_of_train<Model, U, Loss, O, Part...> : said_by<training_with_no_optimiser<O>> {};
template <class Model, class U, class Loss, class O, class... Part>
    requires(Trainable<Model, U, Loss> && Optimiser<O, U>)
struct call_of_train<Model, U, Loss, O, Part...> : first_unknown_part<U, Part...> {};
}  // namespace detail

template <class Model, class U, class Loss, class O, class... Part>
concept TrainableWith = Trainable<Model, U, Loss> && Optimiser<O, U> && (PartOfTraining<Part, U> && ...);
template <class Model, class U, class Loss, class O, class... Part>
using verdict_on_call_of_train = typename detail::call_of_train<Model, U, Loss, O, Part...>::type;

/// Trains a model by mini-batches.  A loss is a function of output and target that gives a scalar expression.  After the
/// options stand, in any order, what else is wanted: see callback.hpp.  Throws std::invalid_argument, before anything
/// changes, where data, options and model do not fit, a schedule's or the optimiser's numbers have no meaning, or targets
/// are not what the loss takes: the number of a class, a distribution (for cross_entropy and its like), from 0 to 1, or −1
/// and 1.  Targets are looked at once, before the first epoch.  An infinity or a NaN ends the run: the model then has the weights
/// of the last epoch without one, and history.failure says where it was found.
template <class T, class... Layers, class U, class Loss, class O, class... Part>
    requires TrainableWith<sequential<T, Layers...>, U, Loss, O, std::remove_reference_t<Part>...>
training_history train(sequential<T, Layers...>& model, const dataset<U>& data, const Loss& loss, const O& optimiser,
                       const training_options& options = {}, Part&&... parts) {
    return detail::training_run<sequential<T, Layers...>, Loss, O, std::remove_reference_t<Part>...>(
               model, data, loss, optimiser, options, parts...)
        .run();
}

template <class Model, class U, class Loss, class O, class... Part>
    requires(!TrainableWith<Model, U, Loss, O, std::remove_reference_t<Part>...>)
CHAINFOLD_MISTAKE(verdict_on_call_of_train<Model, U, Loss, O, std::remove_reference_t<Part>...> train(
    Model&, const dataset<U>&, const Loss&, const O&, const training_options& = {}, Part&&...))

}  // namespace chainfold::nn
