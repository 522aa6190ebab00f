// SPDX-License-Identifier: BSL-1.0
#pragma once

// One step over one batch: the piece of a training loop that knows what a model computes while it is trained.

#include <cstdint>

#include <chainfold/nn/objective.hpp>

namespace chainfold::nn {

/// Which batch of a run: enough for whatever is drawn at random to be drawn again.
struct batch_position {
    std::uint64_t seed = 0;   // of the run
    std::int64_t epoch = 0;   // from 0
    std::int64_t batch = 0;   // of the epoch, from 0
    std::int64_t step = 0;    // of the run, from 0
};

/// The loss of a batch and where its gradient stands.
template <class T>
struct batch_result {
    double loss = 0;
    const T* gradient = nullptr;
};

namespace detail {
template <class E, class Weights>
struct step_for;
template <class E, class... W>
struct step_for<E, weight_list<W...>> {
    using type = gradient_request<true, E, W...>;
};
}  // namespace detail

/// The mean loss over a batch of samples and its gradient by the model's weights, in the order of their block.  Owns the
/// compiled program and with it the gradient, which stands until the next call.
template <class Model, class Loss>
class stepper {
public:
    using value_type = typename Model::value_type;

    explicit stepper(const Loss&) {}

    batch_result<value_type> operator()(Model& model, const batch_of_samples<value_type>& inputs,
                                        const batch_of_samples<value_type>& targets, const batch_position&) {
        const auto result = Model::weights::with(model.data(), [&](const auto&... bound) {
            return program_(typename Model::input_type{} = inputs, typename Model::target_type{} = targets, bound...);
        });
        return {static_cast<double>(result.value), result.gradient.data()};
    }

private:
    using error = detail::error_of<Model, Loss>;
    using step = typename detail::step_for<error, typename Model::weights>::type;
    decltype(compile<value_type>(step{})) program_;
};

}  // namespace chainfold::nn
