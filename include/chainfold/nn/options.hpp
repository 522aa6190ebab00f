// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <chainfold/nn/callback.hpp>
#include <chainfold/nn/history.hpp>
#include <chainfold/nn/optimiser/descent.hpp>

namespace chainfold::nn {

/// How a network is trained.  The same options, data and first weights give the same weights on the same machine, bit by
/// bit: nothing depends on the clock or on addresses.
struct training_options {
    int epochs = 10;              // passes over all samples, at least 1; no number below may be negative
    std::size_t batch_size = 32;  // the last batch of an epoch may be smaller
    double l2 = 0;                // adds l2 · w to the gradient of every weight matrix: the penalty l2/2 Σ w²
    double l1 = 0;                // adds l1 · sign(w) likewise: the penalty l1 Σ |w|
    double weight_decay = 0;      // w ← (1 − η · weight_decay) w in matrices, apart from the gradient
    double clip_value = 0;        // each entry of the gradient into ± clip_value; 0: as it is
    double clip_norm = 0;         // the whole gradient to at most this Euclidean norm; 0: as it is
    bool shuffle = true;          // a new order of the samples in every epoch
    std::uint64_t seed = 0;       // of that order, and of whatever else is drawn
    bool progress = true;         // a line on the terminal, never in a file; what went wrong on stderr
    bool training_metrics = true; // metrics on the training data too, one forward pass over them an epoch

    [[nodiscard]] constexpr gradient_options of_gradient() const {
        return {l2, l1, weight_decay, clip_value, clip_norm};
    }
};

namespace detail {

/// Throws std::invalid_argument where an option of a run has no meaning.
template <class Optimiser>
void check_settings(const training_options& options, const Optimiser& optimiser, const early_stopping& early) {
    if (options.batch_size == 0) refuse("train: batch_size must be at least 1");
    if (options.epochs < 1) refuse(sentence("train: epochs must be at least 1, found %d", options.epochs).c_str());
    check_number("train", "l2", options.l2);
    check_number("train", "l1", options.l1);
    check_number("train", "weight_decay", options.weight_decay);
    check_number("train", "clip_value", options.clip_value);
    check_number("train", "clip_norm", options.clip_norm);
    if constexpr (requires { optimiser.check(); }) optimiser.check();
    check_rate("train", "learning_rate", optimiser.learning_rate);
    if (early.patience < 1) refuse("early_stopping: patience must be at least 1");
    check_number("early_stopping", "min_delta", early.min_delta);
}

/// A learning rate as it is written: "0.1", "nn::cosine{.from = 0.1, .to = 0, .epochs = 0}"; nothing where only the
/// program says it.
template <class Rate>
std::string written_rate(const Rate& rate) {
    if constexpr (std::is_arithmetic_v<Rate>) {
        return written_number(static_cast<double>(rate));
    } else if constexpr (requires { std::string_view(Rate::name); }) {
        std::string text = "nn::" + std::string(Rate::name), separator = "{.";
        rate.describe([&](const char* name, const auto& value) {
            text += separator + name + " = " + written_rate(value);
            separator = ", .";
        });
        return text + "}";
    } else {
        return {};
    }
}

/// What a run was started with, by name.
template <class Optimiser>
void note_settings(training_history& history, const training_options& options, const Optimiser& optimiser, double rate,
                   std::size_t samples, std::size_t parameters) {
    const setting settings[] = {{"epochs", static_cast<double>(options.epochs)},
                    {"batch_size", static_cast<double>(options.batch_size)},
                    {"l2", options.l2},
                    {"l1", options.l1},
                    {"weight_decay", options.weight_decay},
                    {"clip_value", options.clip_value},
                    {"clip_norm", options.clip_norm},
                    {"shuffle", static_cast<double>(options.shuffle)},
                    {"seed", static_cast<double>(options.seed)},
                    {"samples", static_cast<double>(samples)},
                    {"parameters", static_cast<double>(parameters)},
                    {"learning_rate", rate}};
    const auto note = [&](std::string_view name, double value) { history.settings.push_back({name, value}); };
    for (const setting& s : settings) note(s.name, s.value);
    history.seed = options.seed;
    if constexpr (!std::is_arithmetic_v<decltype(optimiser.learning_rate)>) {
        history.schedule = written_rate(optimiser.learning_rate);
        if (history.schedule.empty()) history.schedule = "a function of the moment";
    }
    if constexpr (requires { optimiser.describe(note); }) optimiser.describe(note);
    if constexpr (requires { std::string_view(Optimiser::name); }) history.optimiser = Optimiser::name;
}

}  // namespace detail
}  // namespace chainfold::nn
