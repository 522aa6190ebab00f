// SPDX-License-Identifier: BSL-1.0
#pragma once

// The training loop.  Between two steps, all that the rest of a run depends on stands in state_.

#include <chainfold/nn/finite.hpp>
#include <chainfold/nn/inspection.hpp>
#include <chainfold/nn/measure.hpp>
#include <chainfold/nn/on.hpp>
#include <chainfold/nn/options.hpp>
#include <chainfold/nn/parts.hpp>
#include <chainfold/nn/progress.hpp>
#include <chainfold/nn/training_state.hpp>
#include <chainfold/nn/validation.hpp>

namespace chainfold::nn::detail {

template <class Model, class Loss, class Optimiser, class... Part>
class training_run {
    using T = typename Model::value_type;
    using weights = typename Model::weights;
    using stored = typename Model::stored;  // weights and states
    static constexpr std::size_t input_size = decltype(Model::input_shape)::size;
    static constexpr bool validates = (is_validation<Part> || ...);
    static constexpr bool has_metrics = (Metric<Part> || ...);
    static constexpr bool stops_early = (is_early_stopping<Part> || ...);
    static constexpr bool inspects = (is_inspection<Part> || ...);
    static constexpr bool is_kept = (Checkpoint<Part, T> || ...);
    using computed_by = std::conditional_t<(is_on<Part> || ...), on, alone>;

public:
    training_run(Model& model, const dataset<T>& data, const Loss& loss, const Optimiser& optimiser,
                 const training_options& options, Part&... parts)
        : model_(model), optimiser_(optimiser), options_(options), parts_(parts...), step_(loss),
          by_(part_or_default<computed_by>(parts...)), early_(part_or_default<early_stopping>(parts...)),
          inspector_(part_or_default<inspection>(parts...)), line_(options.progress),
          training_(samples_for<Model, Loss>(data)), random_(seed{options.seed}) {
        check_settings(options, optimiser, early_);
        (hold_back(parts), ...);
        if (options.shuffle && training_.all) training_.choose_all();
        batches_ = static_cast<std::int64_t>((training_.size() + options.batch_size - 1) / options.batch_size);
    }

    training_history run() {
        start();
        began_ = seconds_now() - state_.seconds;
        while (state_.ended == 0 && state_.epoch < options_.epochs) run_epoch();
        state_.history.end = static_cast<ending>(state_.ended);
        if constexpr (stops_early)
            if (early_.restore_best && state_.history.best_epoch > 0) put_back(best_);
        return std::move(state_.history);
    }

private:
    // ---- Before the first step ---------------------------------------------------------------------------------------

    [[gnu::noinline]] [[gnu::cold]] void start() {
        good_.assign(model_.data(), model_.data() + stored::size);
        if constexpr (stops_early) best_ = good_;
        state_.connect(model_, descent_.state(), descent_.state_size, good_.data(), stops_early ? best_.data() : nullptr);
        state_.epochs = options_.epochs;
        note_settings(history_, options_, optimiser_, rate_of(optimiser_, now()), training_.size(), Model::size());
        by_.describe([&](const char* name, double value) { history_.settings.push_back({name, value}); });
        inspector_.name_layers(history_.layers);
        if constexpr (validates) history_.settings.push_back({"validation_samples", static_cast<double>(held_.size())});
        each_part([&](const auto& part) { name_metric(history_, part), note_part(history_, part); });
        if constexpr (is_kept) restore();
    }
    /// Goes on where an earlier run was.
    void restore() {
        history_.settings.push_back({"data", fingerprint(training_.data)});
        each_part([&]<class P>(P& part) {
            if constexpr (Checkpoint<P, T>) part.restore(state_);
        });
        descent_.set_steps(state_.step);
        if constexpr (stops_early) history_.best_epoch = static_cast<int>(look_back(history_.deciding_loss(), early_).best);
        for (std::int64_t e = 0; e < state_.epoch; ++e) new_order();
    }

    void hold_back(const auto&) {}
    void hold_back(const validation_split& how) { split(training_, held_, how, options_.seed); }
    void hold_back(const validation_data<T>& given) { held_ = samples_for<Model, Loss>(given.data); }

    // ---- Steps -------------------------------------------------------------------------------------------------------

    [[gnu::noinline]] void run_epoch() {
        new_order();
        while (state_.batch < batches_ && state_.ended == 0) {
            if (!run_batch()) return;
            if (!is_kept && !line_.is_shown()) continue;  // the clock costs as much as a small step
            const double time = seconds_now();
            state_.seconds = time - began_;
            if (state_.batch == batches_) break;
            if (line_.is_due(time))
                show(state_.sum / static_cast<double>(state_.batch * static_cast<std::int64_t>(options_.batch_size)), time);
            keep();
        }
        if (state_.batch == batches_) finish_epoch();
    }

    bool run_batch() {
        const std::size_t first = static_cast<std::size_t>(state_.batch) * options_.batch_size;
        const dataset<T> samples = training_.part(first, options_.batch_size, memory_);
        const batch_position at{options_.seed, state_.epoch, state_.batch, state_.step};
        const batch_result<T> result = step_(model_, samples, at, by_);
        if (!all_finite(&result.loss, 1)) return fail(samples, result, at);
        rate_ = rate_of(optimiser_, now());
        if (!all_finite(&rate_, 1)) return give_up(sentence("batch %zu: the learning rate is not finite", first / options_.batch_size + 1)), false;
        inspector_.look(history_.layers, model_, samples, result.gradient, at);
        const bool finite = descent_.step(model_.data(), result.gradient, optimiser_, rate_, options_.of_gradient());
        inspector_.moved(history_, model_, line_);
        if (!finite) return fail(samples, result, at);
        state_.sum += result.loss * static_cast<double>(samples.inputs.count / input_size);
        ++state_.batch;
        ++state_.step;
        const batch_report report{static_cast<int>(state_.epoch) + 1, state_.batch, batches_, result.loss, rate_, &stopped_};
        each_part([&](auto& part) { tell(part, report); });
        if (stopped_) state_.ended = static_cast<std::int64_t>(ending::stopped);
        return true;
    }

    // ---- After an epoch ----------------------------------------------------------------------------------------------

    [[gnu::noinline]] void finish_epoch() {
        if (!all_finite(model_.data(), stored::size))
            return give_up(sentence("last batch: %s", not_finite_weight<stored>("", model_.data()).c_str()));
        history_.loss.push_back(state_.sum / static_cast<double>(training_.size()));
        history_.learning_rate.push_back(rate_);
        good_.assign(model_.data(), model_.data() + stored::size);
        ++state_.epoch;
        state_.batch = 0;
        measure();
        if constexpr (stops_early) stop_early();
        const double time = seconds_now();
        state_.seconds = time - began_;
        began_ = time;
        history_.seconds.push_back(state_.seconds);
        if (line_.is_due(time) || state_.epoch == options_.epochs) show(history_.loss.back(), time);
        tell_epoch();
        state_.sum = state_.seconds = 0;
        keep();
    }

    void measure() {
        std::vector<double> values;
        if constexpr (validates) {
            history_.validation_loss.push_back(measure_on(held_, values));
            for (std::size_t m = 0; m < values.size(); ++m) history_.metrics[m].validation.push_back(values[m]);
            values.clear();
        }
        if constexpr (has_metrics) {
            if (!options_.training_metrics) return;
            measure_on(training_, values);
            for (std::size_t m = 0; m < values.size(); ++m) history_.metrics[m].training.push_back(values[m]);
        }
    }
    double measure_on(const selection<T>& samples, std::vector<double>& values) {
        return std::apply([&](auto&... part) { return measurement_(model_, samples, values, part...); }, parts_);
    }

    void stop_early() {
        const early_finding found = look_back(history_.deciding_loss(), early_);
        if (found.best == history_.deciding_loss().size()) best_.assign(model_.data(), model_.data() + stored::size);
        history_.best_epoch = static_cast<int>(found.best);
        if (found.is_over) state_.ended = static_cast<std::int64_t>(ending::no_progress);
    }

    void tell_epoch() {
        const epoch_report report{static_cast<int>(state_.epoch), options_.epochs, history_.loss.back(),
                                  history_.deciding_loss().back(), rate_,
                                  static_cast<double>(training_.size()) / state_.seconds, &history_, &stopped_};
        if constexpr ((EpochCallback<Part> || ...)) line_.clear();  // they may write
        each_part([&](auto& part) { tell(part, report); });
        if (stopped_) state_.ended = static_cast<std::int64_t>(ending::stopped);
    }

    // ---- What was not finite -----------------------------------------------------------------------------------------

    [[gnu::cold]] bool fail(const dataset<T>& samples, const batch_result<T>& result, const batch_position& at) {
        const std::size_t first = static_cast<std::size_t>(at.batch) * options_.batch_size;
        const std::string found = what_is_not_finite(model_, result, samples, training_, first, inspector_);
        const char* const what = all_finite(&result.loss, 1) ? "gradient" : "loss";
        give_up(sentence("batch %lld: the %s is not finite%s%s", static_cast<long long>(at.batch + 1), what,
                         found.empty() ? "" : "; ", found.c_str()));
        return false;
    }
    [[gnu::cold]] void give_up(const std::string& found) {
        history_.failure = sentence("epoch %lld, %s; the weights are those after epoch %lld",
                                    static_cast<long long>(state_.epoch + 1), found.c_str(),
                                    static_cast<long long>(state_.epoch));
        state_.ended = static_cast<std::int64_t>(ending::not_finite);
        put_back(good_);
        if (options_.progress) line_.say(history_.failure);
    }

    // ---- Small things ------------------------------------------------------------------------------------------------

    template <class F>
    void each_part(F&& f) {
        std::apply([&](auto&... part) { (f(part), ...); }, parts_);
    }
    void new_order() {
        if (options_.shuffle) shuffle(training_.chosen, random_);
    }
    void keep() {
        each_part([&]<class P>(P& part) {
            if constexpr (Checkpoint<P, T>) part.reached(state_);
        });
    }
    [[nodiscard]] moment now() const {
        const std::vector<double>& losses = history_.deciding_loss();
        return {state_.step, options_.epochs * batches_, batches_, losses.data(), losses.size()};
    }
    void put_back(const std::vector<T>& kept) {
        for (std::size_t i = 0; i < stored::size; ++i) model_.data()[i] = kept[i];
    }
    void show(double loss, double time) {
        const bool between = state_.batch == 0;
        const std::size_t done = static_cast<std::size_t>(state_.batch) * options_.batch_size;
        line_.show({static_cast<int>(state_.epoch) + !between, options_.epochs, static_cast<double>(training_.size()),
                    static_cast<double>(between ? training_.size() : done), state_.seconds, loss},
                   history_, time);
    }

    Model& model_;
    const Optimiser& optimiser_;
    const training_options& options_;
    std::tuple<Part&...> parts_;
    stepper<Model, Loss> step_;
    computed_by by_;
    descent<T, weights, Optimiser> descent_;
    if_wanted<validates || has_metrics, measurement<Model, Loss>> measurement_{};
    early_stopping early_;
    std::conditional_t<inspects, inspector<Model>, no_inspector> inspector_;
    progress_line line_;

    selection<T> training_, held_;
    batch_memory<T> memory_;
    std::vector<T> good_, best_;  // weights and states
    random_sequence random_;      // of the order
    std::int64_t batches_ = 0;    // of an epoch
    double rate_ = 0;
    double began_ = 0;            // the epoch, by the clock
    bool stopped_ = false;
    training_state<T> state_;
    training_history& history_ = state_.history;
};

}  // namespace chainfold::nn::detail
