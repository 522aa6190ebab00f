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
                  "train: an optimiser has a learning_rate, a number or schedule, and update(step)");
};
template <class Options>
inline constexpr bool are_options = false;
template <std::size_t Arguments>
inline constexpr bool are_what_train_takes = false;
template <std::size_t Arguments>
struct training_without_loss_and_optimiser : training_history {
    static_assert(are_what_train_takes<Arguments>,
                  "train(net, data, loss, optimiser, options): such as nn::cross_entropy{}, nn::adam{}, {.epochs = 20}");
};
template <class Options>
struct training_with_other_options : training_history {
    static_assert(are_options<Options>,
                  "train: after the optimiser stand the options, {.epochs = 20}, or {} for those that are usual");
};
template <class T>
inline constexpr bool can_be_trained = false;
template <class T>
struct training_of_a_constant : training_history {
    static_assert(can_be_trained<T>, "train: the network is constant; what is trained must be writable");
};
template <class Part>
inline constexpr bool is_a_part_of_training = false;
template <class Part>
struct training_with_unknown_part : training_history {
    static_assert(is_a_part_of_training<Part>,
                  "train: after the options stand callbacks, metrics, validation_split or _data, early_stopping, "
                  "inspection, on{threads} or a checkpoint");
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

/// Arguments that are not even network, data, loss, optimiser and options.
template <class Model, class... A>
struct misuse_of_train : said_by<training_without_loss_and_optimiser<1 + sizeof...(A)>> {};
template <class T, class... Layers, class... A>
struct misuse_of_train<const sequential<T, Layers...>, A...> : said_by<training_of_a_constant<T>> {};
template <class Model, NoData Data, class... A>
    requires(!is_dataset<std::remove_const_t<Model>> && !std::is_const_v<Model>)
struct misuse_of_train<Model, Data, A...> : said_by<training_on_no_data<Data>> {};
template <class Model, class U, class Loss, class O>
    requires(!std::is_const_v<Model>)
struct misuse_of_train<Model, dataset<U>, Loss, O> {};
template <class Model, class U, class Loss, class O, class Options, class... Part>
    requires(!std::is_const_v<Model>)
struct misuse_of_train<Model, dataset<U>, Loss, O, Options, Part...>
    : std::conditional_t<std::is_convertible_v<Options, training_options>, std::type_identity<void>,
                         said_by<training_with_other_options<Options>>> {};
template <class Model, class U, class Loss, class O, class... Part>
    requires(!std::is_const_v<Model>)
struct misuse_of_train<Model, dataset<U>, Loss, O, training_options, Part...> {};
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

template <class Model, class... A>
    requires(!Poisoned<Model, A...>)
CHAINFOLD_MISTAKE(typename detail::misuse_of_train<Model, A...>::type train(Model&, const A&...))

template <class Model, class U, class Loss, class O, class... Part>
    requires(!TrainableWith<Model, U, Loss, O, std::remove_reference_t<Part>...>)
CHAINFOLD_MISTAKE(verdict_on_call_of_train<Model, U, Loss, O, std::remove_reference_t<Part>...> train(
    Model&, const dataset<U>&, const Loss&, const O&, const training_options& = {}, Part&&...))
template <class Model, class Data, class O, class... Part>
CHAINFOLD_MISTAKE(loss_of_expressions<Model> train(Model&, const Data&, detail::function_of_expressions, const O&,
                                                   const training_options& = {}, Part&&...))

}  // namespace chainfold::nn
