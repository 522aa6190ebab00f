// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a training run was and what happened in it: everything that a report of it needs.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chainfold::nn {

/// What was measured of the network every epoch.
struct metric_history {
    std::string_view name{};  // "accuracy"
    std::vector<double> training{};    // empty if it was not measured there
    std::vector<double> validation{};  // empty without validation data
};

/// What inspection saw inside the network.  A table has a row for each of `steps` and a column for each layer or weight.
struct layer_history {
    std::size_t layers = 0;                   // their number; they are named by their positions
    std::vector<std::string_view> weights{};  // "0.weight", "0.bias", …
    std::vector<double> steps{};              // in which was looked, from 1
    std::vector<double> activation{};         // by layer: root mean square of its outputs over the batch
    std::vector<double> dead{};               // by layer: share of units that are zero for every sample of the batch
    std::vector<double> gradient{};           // by weight: Euclidean norm of its gradient, before clipping
    std::vector<double> weight{};             // by weight: its own norm
    std::vector<double> update{};             // by weight: norm of the step over its own; 0 where that is 0

    [[nodiscard]] std::size_t rows() const { return steps.size(); }
    /// A table's entry: at(h.gradient, row, column).
    [[nodiscard]] double at(const std::vector<double>& table, std::size_t row, std::size_t column) const {
        return table[row * (table.size() / rows()) + column];
    }
};

/// A number that a run was started with.
struct setting {
    std::string_view name{};
    double value = 0;
};

/// Why a run ended before its last epoch.
enum class ending {
    complete,     // it did not
    stopped,      // a callback said so
    no_progress,  // early stopping
    not_finite    // an infinity or a NaN: see `failure`
};

/// What happened.  (Names are those of the program: they live as long as it does.)  Lists have one entry for each epoch; the loss of an epoch is that of its batches, each measured
/// before the step that it causes, without the penalties of l1 and l2.
struct training_history {
    std::vector<double> loss{};  // of the training data, by epoch
    std::vector<double> validation_loss{};  // empty without validation data
    std::vector<double> learning_rate{};  // of the last step
    std::vector<double> seconds{};        // that the epoch took, with what was measured after it
    std::vector<metric_history> metrics{};  // one for each that was asked for
    layer_history layers{};               // with inspection{…}
    std::vector<std::string> warnings{};  // of inspection, in words
    ending end = ending::complete;  // why it ended
    std::string failure{};  // where a number was not finite: epoch, batch and what was found
    int best_epoch = 0;     // with early_stopping{…}: the epoch of the lowest loss, from 1
    std::string_view optimiser{};  // its name
    std::string schedule{};  // of the learning rate, as it is written; empty if that is a number
    std::uint64_t seed = 0;  // of the run, in full
    std::vector<setting> settings{};  // all others, by name

    /// The loss that decides: of the validation data where there are any.
    [[nodiscard]] const std::vector<double>& deciding_loss() const {
        return validation_loss.empty() ? loss : validation_loss;
    }
    /// The metric of this name; none of that name: an empty one.
    template <std::same_as<metric_history> Metric = metric_history>
    [[nodiscard]] Metric metric(std::string_view name) const {  // (a template: compiled where it is called)
        for (const Metric& m : metrics)
            if (m.name == name) return m;
        return {};
    }
};

}  // namespace chainfold::nn
