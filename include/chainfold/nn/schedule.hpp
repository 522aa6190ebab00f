// SPDX-License-Identifier: BSL-1.0
#pragma once

// Learning rates that change.  A schedule is a pure function of where the training is, so there is nothing to store and
// nothing to restore; wherever a learning rate stands, a number, a schedule or a user's own function can:
//
//     nn::sgd{.learning_rate = nn::warm_up{.steps = 500, .then = nn::cosine{.from = 0.1}}}
//     nn::sgd{.learning_rate = [](const nn::moment& at) { return 0.1 / (1 + at.epoch()); }}
//
// For reports, a schedule has a name and describe(note), which calls note("from", from) for its members in their order.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include <chainfold/math/math.hpp>
#include <chainfold/nn/sentence.hpp>
#include <chainfold/program/arguments.hpp>

namespace chainfold::nn {

/// Where a training run is, before a step.
struct moment {
    std::int64_t step = 0;             // steps taken so far
    std::int64_t steps = 0;            // of the whole run
    std::int64_t steps_per_epoch = 1;  // batches
    const double* losses = nullptr;    // one for each finished epoch: of the validation set, if there is one
    std::size_t epochs_finished = 0;   // their number

    /// Epochs so far, with the part of the one that is running.
    [[nodiscard]] constexpr double epoch() const {
        return static_cast<double>(step) / static_cast<double>(steps_per_epoch);
    }
    /// The run without its first `count` steps.
    [[nodiscard]] constexpr moment after(std::int64_t count) const {
        moment later = *this;
        later.step -= count;
        later.steps = steps > count ? steps - count : 0;
        return later;
    }
};

/// A number, or a function of the moment that gives one.
template <class R>
concept LearningRate =
    std::is_arithmetic_v<std::remove_cvref_t<R>> || (!Expression<R> && std::is_invocable_r_v<double, const R&, const moment&>);

/// The learning rate at a moment.
template <LearningRate R>
constexpr double rate_at(const R& rate, const moment& at) {
    if constexpr (std::is_arithmetic_v<R>)
        return static_cast<double>(rate);
    else
        return rate(at);
}

namespace detail {

/// Throws std::invalid_argument unless the number is finite and at least 0.
inline void check_number(const char* whose, const char* name, double value) {
    if (!(value >= 0 && value <= std::numeric_limits<double>::max()))
        refuse(sentence("%s: %s must be a number of at least 0, found %g", whose, name, value).c_str());
}
/// The same for a learning rate; a schedule says for itself what its numbers must be, a function of the user's says nothing.
template <class Rate>
void check_rate(const char* whose, const char* name, const Rate& rate) {
    if constexpr (std::is_arithmetic_v<Rate>)
        check_number(whose, name, static_cast<double>(rate));
    else if constexpr (requires { rate.check(); })
        rate.check();
}

}  // namespace detail

/// η(e) = from · factor^⌊e / every⌋ after e epochs.
template <class Rate = double>
struct step_decay {
    Rate from = 0.1;
    double factor = 0.1;
    double every = 30;  // epochs

    static constexpr std::string_view name = "step_decay";
    constexpr void describe(auto&& note) const { note("from", from), note("factor", factor), note("every", every); }
    void check() const {
        detail::check_rate("step_decay", "from", from);
        detail::check_number("step_decay", "factor", factor);
        detail::check_number("step_decay", "every", every);
        if (every == 0) refuse("step_decay: every must be above 0, a number of epochs");
    }
    constexpr double operator()(const moment& at) const
        requires LearningRate<Rate>
    {
        double rate = rate_at(from, at);
        for (double left = at.epoch() - every; left >= 0 && every > 0; left -= every) rate *= factor;
        return rate;
    }
};

/// η(e) = to + (from − to) (1 + cos(π e / epochs)) / 2, from step to step, and `to` afterwards (Loshchilov and Hutter
/// 2017, without restarts).
template <class Rate = double>
struct cosine {
    Rate from = 0.1;
    double to = 0;
    double epochs = 0;  // 0: the whole run

    static constexpr std::string_view name = "cosine";
    constexpr void describe(auto&& note) const { note("from", from), note("to", to), note("epochs", epochs); }
    void check() const {
        detail::check_rate("cosine", "from", from);
        detail::check_number("cosine", "to", to);
        detail::check_number("cosine", "epochs", epochs);
    }
    constexpr double operator()(const moment& at) const
        requires LearningRate<Rate>
    {
        const double length = epochs > 0 ? epochs * static_cast<double>(at.steps_per_epoch) : static_cast<double>(at.steps);
        const double done = static_cast<double>(at.step);
        if (done >= length) return to;
        return to + (rate_at(from, at) - to) * (1 + math::cos(3.14159265358979323846 * done / length)) / 2;
    }
};

/// η = (s + 1) / steps of what follows, in step s; then what follows, as if the run began there (Goyal et al. 2017).
template <class Rate = double>
struct warm_up {
    std::int64_t steps = 500;
    Rate then = 0.1;

    static constexpr std::string_view name = "warm_up";
    constexpr void describe(auto&& note) const { note("steps", steps), note("then", then); }
    void check() const {
        detail::check_number("warm_up", "steps", static_cast<double>(steps));
        detail::check_rate("warm_up", "then", then);
    }
    constexpr double operator()(const moment& at) const
        requires LearningRate<Rate>
    {
        if (at.step >= steps) return rate_at(then, at.after(steps));
        moment beginning = at.after(steps);
        beginning.step = 0;
        return rate_at(then, beginning) * static_cast<double>(at.step + 1) / static_cast<double>(steps);
    }
};

/// The rate falls by a factor whenever the loss has not fallen for more than `patience` epochs: PyTorch's
/// ReduceLROnPlateau, with its defaults.
template <class Rate = double>
struct on_plateau {
    Rate from = 0.1;  // the rate at first
    double factor = 0.1;  // by which it falls
    int patience = 10;  // epochs without progress that are borne
    double threshold = 1e-4;  // a loss has fallen if it is below (1 − threshold) of the best
    int cooldown = 0;         // epochs to wait after a fall
    double least = 0;         // the rate does not fall below

    static constexpr std::string_view name = "on_plateau";
    constexpr void describe(auto&& note) const {
        note("from", from), note("factor", factor), note("patience", patience), note("threshold", threshold), note("cooldown", cooldown), note("least", least);
    }
    void check() const {
        detail::check_rate("on_plateau", "from", from);
        detail::check_number("on_plateau", "factor", factor);
        detail::check_number("on_plateau", "patience", patience);
        detail::check_number("on_plateau", "threshold", threshold);
        detail::check_number("on_plateau", "cooldown", cooldown);
        detail::check_number("on_plateau", "least", least);
        if (factor >= 1) refuse("on_plateau: factor must be below 1, or the rate does not fall");
    }
    constexpr double operator()(const moment& at) const
        requires LearningRate<Rate>
    {
        double rate = rate_at(from, at), best = 0;
        int bad = 0, cooling = 0;
        for (std::size_t e = 0; e < at.epochs_finished; ++e) {
            const bool fell = e == 0 || at.losses[e] < best * (1 - threshold);
            bad = fell ? 0 : bad + 1;
            if (fell) best = at.losses[e];
            if (cooling > 0) --cooling, bad = 0;
            if (bad <= patience) continue;
            const double lower = rate * factor > least ? rate * factor : least;
            if (rate - lower > 1e-8) rate = lower;
            cooling = cooldown;
            bad = 0;
        }
        return rate;
    }
};

}  // namespace chainfold::nn
