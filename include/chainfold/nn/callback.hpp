// SPDX-License-Identifier: BSL-1.0
#pragma once

// What may stand after the options in a call of train, in any order and number:
//
//     a callback      a function of an epoch_report or of a batch_report, or an object with on_epoch(…), on_batch(…)
//     a metric        nn::accuracy, nn::r_squared, …                                   (metrics.hpp)
//     data to watch   nn::validation_split{.fraction = 0.2}, nn::validation_data{…}     (validation.hpp)
//     early_stopping{.patience = 5}, inspection{.every = 100}, on{threads}, cf::checkpoint{"run.ckpt"}

#include <concepts>

#include <chainfold/nn/history.hpp>
#include <chainfold/nn/on.hpp>

namespace chainfold::nn {

/// What a callback is told after every epoch.
struct epoch_report {
    int epoch = 0;  // from 1
    int epochs = 0;  // of the whole run
    double loss = 0;  // mean over the batches of the epoch
    double validation_loss = 0;  // the loss again without validation data
    double learning_rate = 0;  // of its last step
    double samples_per_second = 0;
    const training_history* history = nullptr;  // all of it so far
    bool* stopped = nullptr;  // what stop() sets

    /// No further epoch.
    void stop() const {
        if (stopped != nullptr) *stopped = true;
    }
};

/// What a callback is told after every batch.
struct batch_report {
    int epoch = 0;  // from 1
    std::int64_t batch = 0;  // from 1
    std::int64_t batches = 0;  // of an epoch
    double loss = 0;  // of this batch, before the step
    double learning_rate = 0;  // of its step
    bool* stopped = nullptr;  // what stop() sets

    /// No further batch.
    void stop() const {
        if (stopped != nullptr) *stopped = true;
    }
};

template <class T>
struct training_state;  // training_state.hpp

/// Is called after every epoch.
template <class X>
concept EpochCallback = std::invocable<X&, const epoch_report&> || requires(X& x, const epoch_report& r) { x.on_epoch(r); };
/// Is called after every batch.
template <class X>
concept BatchCallback = (std::invocable<X&, const batch_report&> && !std::invocable<X&, const epoch_report&>) ||
                        requires(X& x, const batch_report& r) { x.on_batch(r); };
/// Is measured every epoch.
template <class X>
concept Metric = requires(const X& x) {
    { X::name } -> std::convertible_to<std::string_view>;
    x.template tally<2>().value();
};
/// Keeps the state of a run, to go on from there: restore(state) before it, reached(state, …) after batches and epochs.
template <class X, class T>
concept Checkpoint = requires(X& x, training_state<T>& state) {
    x.restore(state);
    x.reached(state);
};

template <class X>
inline constexpr bool is_validation = false;
template <class X>
inline constexpr bool is_early_stopping = false;
template <class X>
inline constexpr bool is_inspection = false;
template <class X>
inline constexpr bool is_validation<const X> = is_validation<X>;
template <class X>
inline constexpr bool is_early_stopping<const X> = is_early_stopping<X>;
template <class X>
inline constexpr bool is_inspection<const X> = is_inspection<X>;

/// Whatever train knows what to do with.
template <class X, class T>
concept PartOfTraining = EpochCallback<X> || BatchCallback<X> || Metric<X> || Checkpoint<X, T> || is_validation<X> ||
                         is_early_stopping<X> || is_inspection<X> || is_on<X>;

/// Early stopping: ends a run when the loss has not fallen by min_delta below its best for `patience` epochs: that of the
/// validation data, where there are any.  Then, and also at the end of a run that was not stopped, the weights of the
/// best epoch are put back.
struct early_stopping {
    int patience = 10;
    double min_delta = 0;
    bool restore_best = true;
    void describe(auto&& note) const {
        note("early_stopping.patience", patience), note("early_stopping.min_delta", min_delta);
        note("early_stopping.restore_best", restore_best);
    }
};
template <>
inline constexpr bool is_early_stopping<early_stopping> = true;

}  // namespace chainfold::nn
