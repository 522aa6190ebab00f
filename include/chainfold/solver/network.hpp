// SPDX-License-Identifier: BSL-1.0
#pragma once

// The loss of a network over a data set, as a function of all its weights.

#include <chainfold/nn/train.hpp>
#include <chainfold/solver/objective.hpp>

namespace chainfold::nn {

/// What nn::objective adds to the mean loss.
struct objective_options {
    double l2 = 0;  // adds l2/2 Σ w² over the weight matrices, as training_options do
};

template <class Loss>
inline constexpr bool gives_a_scalar_expression = false;
template <class Loss>
struct objective_of_no_loss : poison {
    static_assert(gives_a_scalar_expression<Loss>,
                  "objective: the loss must be a function of output and target that gives a scalar expression");
};

namespace detail {

/// l2/2 in the expression of the penalty.
inline constexpr auto half_l2 = input<"half_l2">;

template <class W>
inline constexpr bool is_weight_matrix = W::shape_type::rank == 2;

template <class E>
constexpr auto with_penalty(E error) {
    return error;
}
template <class E, class W, class... Rest>
constexpr auto with_penalty(E error, W weight, Rest... rest) {
    if constexpr (is_weight_matrix<W>)
        return with_penalty(error + half_l2 * squared_norm(weight), rest...);
    else
        return with_penalty(error, rest...);
}

template <class... W>
constexpr auto penalised(auto error, weight_list<W...>) {
    return with_penalty(error, W{}...);
}

/// Targets are what the loss takes; whether there are as many as samples is for the objective to find.
template <class Model, class Loss, class T>
void check_targets_of(const dataset<T>& data) {
    constexpr target_kind kind = takes_for_targets<Loss>();
    constexpr std::size_t size = Model::target_type::shape_type::size;
    if constexpr (kind != target_kind::numbers)
        if (data.targets.data != nullptr) check_targets(kind, data, size);
}

/// The objective of an expression of a model's weights, input and target.
template <class Model, class T, class... W, class... Bound>
auto objective_of(auto error, weight_list<W...>, const dataset<T>& data, const Bound&... more) {
    return chainfold::objective<T>(error, W{}..., typename Model::input_type{} = data.inputs,
                                   typename Model::target_type{} = data.targets, more...);
}

template <class Model, class Loss>
concept GivesScalar = Expression<error_of<Model, Loss>> && error_of<Model, Loss>::shape_type::rank == 0;
template <class Model, class Loss>
concept GivesPoison = Poisoned<Model, Loss> || Poisoned<error_of<Model, Loss>>;

template <class Model, class U, class Loss>
struct problem_of_network : std::type_identity<objective_of_no_loss<Loss>> {};
template <class Model, class U, class Loss>
    requires GivesScalar<Model, Loss>
struct problem_of_network<Model, U, Loss>
    : std::type_identity<binding_of_another_type<fixed_string{"input"}, U, typename Model::value_type>> {};
template <class Model, class U, class Loss>
    requires GivesPoison<Model, Loss>
struct problem_of_network<Model, U, Loss> : std::type_identity<poison> {};

}  // namespace detail

/// The mean loss over all samples as a function of the model's weights, in the order of their block: start at
/// model.data(), and copy what the solver finds to it.  Refers to the data.  Throws std::invalid_argument where data
/// and model do not fit.
template <class T, class... Layers, class Loss>
    requires detail::GivesScalar<sequential<T, Layers...>, Loss>
auto objective(const sequential<T, Layers...>&, const dataset<T>& data, const Loss& loss) {
    using model = sequential<T, Layers...>;
    detail::check_targets_of<model, Loss>(data);
    return detail::objective_of<model>(loss_expression<model>(loss), typename model::weights{}, data);
}
/// The same with a penalty on the weight matrices.
template <class T, class... Layers, class Loss>
    requires detail::GivesScalar<sequential<T, Layers...>, Loss>
auto objective(const sequential<T, Layers...>&, const dataset<T>& data, const Loss& loss,
               [[maybe_unused]] const objective_options& options) {
    using model = sequential<T, Layers...>;
    detail::check_targets_of<model, Loss>(data);
    detail::check_number("objective", "l2", options.l2);
    constexpr typename model::weights weights{};
    const auto error = loss_expression<model>(loss);
    const auto penalised = detail::penalised(error, weights);
    if constexpr (std::is_same_v<decltype(error), decltype(penalised)>)  // no matrices
        return detail::objective_of<model>(error, weights, data);
    else
        return detail::objective_of<model>(penalised, weights, data, detail::half_l2 = options.l2 / 2);
}

template <class Model, class U, class Loss>
    requires(!std::is_same_v<U, typename Model::value_type> || !detail::GivesScalar<Model, Loss>)
CHAINFOLD_MISTAKE(typename detail::problem_of_network<Model, U, Loss>::type objective(const Model&, const dataset<U>&,
                                                                                      const Loss&,
                                                                                      const objective_options& = {}))
template <class Given>
inline constexpr bool are_what_an_objective_takes = false;
template <class Given>
struct objective_of_other_arguments : poison {
    static_assert(are_what_an_objective_takes<Given>,
                  "nn::objective(net, data, loss, options): such as a dataset, nn::squared_error{} and {.l2 = 1e-3}");
};
template <class A = chainfold::detail::anything>
CHAINFOLD_MISTAKE(objective_of_other_arguments<A> objective(chainfold::detail::anything, chainfold::detail::anything = 0,
                                                            chainfold::detail::anything = 0,
                                                            chainfold::detail::anything = 0))
template <class A = chainfold::detail::anything>
CHAINFOLD_MISTAKE(objective_of_other_arguments<A> objective(chainfold::detail::anything, chainfold::detail::anything,
                                                            const objective_options&))
template <class A = chainfold::detail::anything>
CHAINFOLD_MISTAKE(objective_of_other_arguments<A> objective(chainfold::detail::anything, chainfold::detail::anything,
                                                            chainfold::detail::anything, const objective_options&))
template <class Model, class Data>
CHAINFOLD_MISTAKE(loss_of_expressions<Model> objective(const Model&, const Data&, detail::function_of_expressions,
                                                       const objective_options& = {}))

}  // namespace chainfold::nn
