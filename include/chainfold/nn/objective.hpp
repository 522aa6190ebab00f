// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is minimised, the loss of a model as an expression, and what to say of a model, data and a loss that do not fit.

#include <utility>

#include <chainfold/nn/dataset.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/sequential.hpp>

namespace chainfold::nn {

namespace detail {
template <class Model, class Loss>
struct target_for {
    static constexpr auto shape = Model::output_shape;
};
template <class Model, class Loss>
    requires requires { Loss::target_shape; }
struct target_for<Model, Loss> {
    static constexpr auto shape = Loss::target_shape;
};
}  // namespace detail

/// The target of a sample as a symbol, input<"target", …>: of the output's shape, if the loss says no other.
template <class Model, class Loss>
using target_of =
    std::remove_cvref_t<decltype(detail::symbol_of_shape<"target">(detail::target_for<Model, Loss>::shape))>;

/// The loss of a model as an expression of input<"input", …>, input<"target", …> and the model's weights.
template <class Model, class Loss>
constexpr auto loss_expression(const Loss& loss) {
    return loss(typename Model::output_type{}, target_of<Model, Loss>{});
}

template <class Loss>
inline constexpr bool is_a_function_of_output_and_target = false;
template <class Loss>
struct loss_of_another_kind : training_history {
    constexpr operator double() const { return 0; }  // NOLINT: implicit, as a mean loss
    static_assert(is_a_function_of_output_and_target<Loss>,
                  "train: the loss must be a function of output and target that gives a scalar expression");
};
template <class Loss>
inline constexpr bool is_a_scalar_loss = false;
template <class Shape>
struct loss_of_no_scalar : training_history {
    constexpr operator double() const { return 0; }  // NOLINT: implicit, as a mean loss
    static_assert(is_a_scalar_loss<Shape>,
                  "train: the loss must be a scalar expression: write sum(...) or mean(...) around it");
};

template <class Loss>
inline constexpr bool is_an_object = false;
template <class Loss>
struct loss_of_expressions : training_history, poison {
    static_assert(is_an_object<Loss>,
                  "a network's loss is an object: nn::squared_error{}, nn::cross_entropy{}, not a function such as cf::squared_error");
};

namespace detail {
/// What the name of a function of expressions, such as chainfold::squared_error, stands for where a loss is meant.  A
/// reference, for a lambda converts to a pointer.
using function_of_expressions = poison (&)(poison, poison);

template <class Model, class Loss>
using error_of = decltype(std::declval<const Loss&>()(typename Model::output_type{}, target_of<Model, Loss>{}));
/// The same as it is while the model is trained.
template <class Model, class Loss>
using trained_error_of = decltype(std::declval<const Loss&>()(typename Model::template output_in<training_scope<"">>{},
                                                              target_of<Model, Loss>{}));
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
    requires Poisoned<Model, U>
struct training_verdict<Model, U, Loss> : said_by<training_history> {};
template <class Model, class U, class Loss>
    requires(!Poisoned<Model> && std::is_same_v<U, typename Model::value_type> && Poisoned<error_of<Model, Loss>>)
struct training_verdict<Model, U, Loss> : said_by<training_history> {};
template <class Model, class U, class Loss>
    requires(!Poisoned<Model, U> && !std::is_same_v<U, typename Model::value_type>)
struct training_verdict<Model, U, Loss> : said_by<data_of_another_type<U, typename Model::value_type>> {};
template <class Model, class U, class Loss>
    requires(!Poisoned<Model> && std::is_same_v<U, typename Model::value_type> && Expression<error_of<Model, Loss>>)
struct training_verdict<Model, U, Loss> : said_by<loss_of_no_scalar<typename error_of<Model, Loss>::shape_type>> {};
}  // namespace detail
template <class Model, class U, class Loss>
using verdict_on_training = typename detail::training_verdict<Model, U, Loss>::type;

template <class Model>
CHAINFOLD_MISTAKE(loss_of_expressions<Model> loss_expression(detail::function_of_expressions))

}  // namespace chainfold::nn
