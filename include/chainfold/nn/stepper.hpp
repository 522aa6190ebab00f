// SPDX-License-Identifier: BSL-1.0
#pragma once

// One step over one batch: the piece of a training loop that knows what a model computes while it is trained.

#include <cstdint>

#include <chainfold/nn/objective.hpp>
#include <chainfold/nn/on.hpp>

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

/// Calls f with all that a model's output depends on while it is trained: the samples and the weights, bound.
template <class Model, class T, class F>
decltype(auto) with_batch(Model& model, const batch_of_samples<T>& inputs, const batch_position&, F&& f) {
    return f(typename Model::input_type{} = inputs, Model::stored::bound(model.data()));
}
}  // namespace detail

/// The mean loss over a batch of samples and its gradient by the model's weights, in the order of their block.  Owns the
/// compiled program and with it the gradient, which stands until the next call.
template <class Model, class Loss>
class stepper {
public:
    using value_type = typename Model::value_type;

    explicit stepper(const Loss&) {}

    template <class By = detail::alone>
    batch_result<value_type> operator()(Model& model, const dataset<value_type>& samples, const batch_position& at,
                                        const By& by = {}) {
        const auto result = detail::with_batch(model, samples.inputs, at, [&](const auto&... bound) {
            if constexpr (detail::takes_weights<Loss>)
                return by.running(program_)(target_of<Model, Loss>{} = samples.targets, sample_weight = samples.weights,
                                            bound...);
            else
                return by.running(program_)(target_of<Model, Loss>{} = samples.targets, bound...);
        });
        return {static_cast<double>(result.value), result.gradient.data()};
    }

private:
    using error = detail::error_of<Model, Loss>;
    using step = typename detail::step_for<error, typename Model::weights>::type;
    decltype(compile<value_type>(step{})) program_;
};

}  // namespace chainfold::nn
