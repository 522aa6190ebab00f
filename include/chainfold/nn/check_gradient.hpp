// SPDX-License-Identifier: BSL-1.0
#pragma once

// check_gradient of a network: its loss over some samples, by all its weights.

#include <chainfold/check/check_gradient.hpp>
#include <chainfold/nn/objective.hpp>

namespace chainfold::nn {

/// Checks the gradient of a network's mean loss over a batch by each of its weights; the network computes as in
/// evaluation.  In double, whatever the network computes in.  Throws std::invalid_argument where the batch does not fit.
template <class T, class... Layers, class U, class Loss>
    requires Trainable<sequential<T, Layers...>, U, Loss>
gradient_report check_gradient(const sequential<T, Layers...>& model, const Loss& loss, const dataset<U>& batch,
                               const gradient_check_options& how = {}) {
    using network = sequential<T, Layers...>;
    return network::stored::with(model.data(), [&](const auto&... weights) {
        return chainfold::check_gradient(loss_expression<network>(loss), how, typename network::input_type{} = batch.inputs,
                                         target_of<network, Loss>{} = batch.targets, weights...);
    });
}

template <class Model, class U, class Loss>
    requires(!Poisoned<Model> && !Trainable<Model, U, Loss>)
CHAINFOLD_MISTAKE(verdict_on_training<Model, U, Loss> check_gradient(const Model&, const Loss&, const dataset<U>&,
                                                                     const gradient_check_options& = {}))
template <class Given>
inline constexpr bool are_network_loss_and_batch = false;
template <class Given>
struct check_of_other_arguments : gradient_report {
    static_assert(are_network_loss_and_batch<Given>,
                  "nn::check_gradient(net, loss, data, options): such as nn::squared_error{} and a dataset, in this order");
};
template <class A = chainfold::detail::anything>
CHAINFOLD_MISTAKE(check_of_other_arguments<A> check_gradient(chainfold::detail::anything, chainfold::detail::anything = 0,
                                                             chainfold::detail::anything = 0,
                                                             chainfold::detail::anything = 0))
template <class A = chainfold::detail::anything>
CHAINFOLD_MISTAKE(check_of_other_arguments<A> check_gradient(chainfold::detail::anything, chainfold::detail::anything,
                                                             chainfold::detail::anything, const gradient_check_options&))
template <class Model, class Data>
CHAINFOLD_MISTAKE(loss_of_expressions<Model> check_gradient(const Model&, detail::function_of_expressions, const Data&,
                                                            const gradient_check_options& = {}))

}  // namespace chainfold::nn
