// SPDX-License-Identifier: BSL-1.0
// Every optimiser for 100 steps against the published update, and every schedule: see optimisers_reference.py.
#include <cmath>
#include <limits>

#include <chainfold/nn/optimiser/adagrad.hpp>
#include <chainfold/nn/optimiser/adam.hpp>
#include <chainfold/nn/optimiser/descent.hpp>
#include <chainfold/nn/optimiser/rmsprop.hpp>
#include <chainfold/nn/sequential.hpp>

#include "nn/optimisers_reference.hpp"
#include "support/catch.hpp"

namespace nn = chainfold::nn;

namespace {

using weights = nn::sequential<double, nn::linear<4, 4>>::weights;
constexpr std::size_t count = 20;
static_assert(weights::size == count);

/// A value for each weight and step, as in optimisers_reference.py.
double slope(std::size_t i) { return 0.5 + static_cast<double>(i) / 16; }
double share(std::size_t i) { return 1 + static_cast<double>(i * 7 % 20) / 16; }
double start(std::size_t i) { return (static_cast<double>(i * 5 % 9) - 4) / 8; }
double gradient(double w, std::size_t i, std::size_t step) {
    return slope(i) * w + (static_cast<double>((step * 7 + i * 13) % 11) - 5) / 4;
}

/// The largest relative difference from the reference in 100 steps.
template <class T = double, class Optimiser>
double difference(const double (&expected)[100], const Optimiser& optimiser, const nn::gradient_options& options = {}) {
    nn::descent<T, weights, Optimiser> descent;
    T w[count], g[count];
    for (std::size_t i = 0; i < count; ++i) w[i] = static_cast<T>(start(i));
    double worst = 0;
    for (std::size_t step = 0; step < 100; ++step) {
        for (std::size_t i = 0; i < count; ++i) g[i] = static_cast<T>(gradient(static_cast<double>(w[i]), i, step));
        const bool finite = descent.step(w, g, optimiser, nn::rate_at(optimiser.learning_rate, {}), options);
        if (!finite) return std::numeric_limits<double>::infinity();
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) sum += share(i) * static_cast<double>(w[i]);
        worst = std::max(worst, std::abs(sum - expected[step]) / std::max(1.0, std::abs(expected[step])));
    }
    return worst;
}

template <class Schedule>
double difference_of_rates(const double (&expected)[100], const Schedule& schedule) {
    double worst = 0;
    for (std::size_t step = 0; step < 100; ++step) {
        const nn::moment at{static_cast<std::int64_t>(step), 100, 5, reference::losses, step / 5};
        worst = std::max(worst, std::abs(nn::rate_at(schedule, at) - expected[step]));
    }
    return worst;
}

/// Written by a user for one number at a time.
struct by_sign {
    double learning_rate = 0.125;
    template <class T>
    auto update(nn::optimiser_step<T> step) const {
        return [step](T& w, T g) { w -= std::copysign(step.rate, g); };
    }
};
/// And for whole registers, with a number kept for each weight.
struct heavy_ball {
    double learning_rate = 0.02;
    auto update(auto step) const {
        return [step](auto& w, auto g, auto& v) {
            v = 0.9 * v - step.rate * g;
            w += v;
        };
    }
};
static_assert(nn::Optimiser<by_sign, float> && nn::Optimiser<by_sign, double> && nn::Optimiser<heavy_ball, double>);
static_assert(nn::slots<by_sign, float> == 0 && nn::slots<heavy_ball, double> == 1);
static_assert(nn::slots<nn::sgd<>, float> == 0 && nn::slots<nn::sgd<double, double>, float> == 1);
static_assert(nn::slots<nn::rmsprop<>, float> == 1 && nn::slots<nn::rmsprop<double, double>, float> == 2);
static_assert(nn::slots<nn::adagrad<>, float> == 1 && nn::slots<nn::adam<>, float> == 2 && nn::slots<nn::adamw<>, float> == 2);
static_assert(!nn::Optimiser<int, float>);
struct rate_only {
    double learning_rate = 1;
};
static_assert(!nn::Optimiser<rate_only, float>);

constexpr double near = 1e-12;

}  // namespace

TEST_CASE("optimisers take the published steps") {
    CHECK(difference(reference::sgd, nn::sgd{.learning_rate = 0.05}) < near);
    CHECK(difference(reference::momentum, nn::sgd{.learning_rate = 0.02, .momentum = 0.9}) < near);
    CHECK(difference(reference::nesterov, nn::sgd{.learning_rate = 0.02, .momentum = 0.9, .nesterov = true}) < near);
    CHECK(difference(reference::rmsprop, nn::rmsprop{}) < near);
    CHECK(difference(reference::rmsprop_momentum, nn::rmsprop{.momentum = 0.5}) < near);
    CHECK(difference(reference::adagrad, nn::adagrad{}) < near);
    CHECK(difference(reference::adagrad_decay,
                     nn::adagrad{.learning_rate = 0.05, .rate_decay = 0.02, .initial_sum = 0.3}) < near);
    CHECK(difference(reference::adam, nn::adam{}) < near);
    CHECK(difference(reference::adam_betas,
                     nn::adam{.learning_rate = 0.02, .beta1 = 0.8, .beta2 = 0.95, .epsilon = 1e-4}) < near);
    CHECK(difference(reference::adamw, nn::adamw{.learning_rate = 0.01, .weight_decay = 0.3}) < near);
}
TEST_CASE("penalties, decay and clipping, with the published steps") {
    CHECK(difference(reference::sgd_l2, nn::sgd{.learning_rate = 0.05}, {.l2 = 0.2}) < near);
    CHECK(difference(reference::adam_l2, nn::adam{.learning_rate = 0.01}, {.l2 = 0.2}) < near);
    CHECK(difference(reference::sgd_l1, nn::sgd{.learning_rate = 0.05, .momentum = 0.5}, {.l1 = 0.1}) < near);
    CHECK(difference(reference::sgd_decay, nn::sgd{.learning_rate = 0.05, .momentum = 0.5}, {.weight_decay = 0.4}) < near);
    CHECK(difference(reference::clip_value, nn::adam{.learning_rate = 0.01}, {.clip_value = 0.4}) < near);
    CHECK(difference(reference::clip_norm, nn::sgd{.learning_rate = 0.05, .momentum = 0.9}, {.clip_norm = 2}) < near);
    CHECK(difference(reference::clip_both, nn::sgd{.learning_rate = 0.05},
                     {.l2 = 0.1, .clip_value = 0.6, .clip_norm = 1.5}) < near);
    // What adamw brings along is what the option does for adam.
    CHECK(difference(reference::adamw, nn::adam{.learning_rate = 0.01}, {.weight_decay = 0.3}) < near);
}
TEST_CASE("the same in single precision, to what that can hold") {
    CHECK(difference<float>(reference::momentum, nn::sgd{.learning_rate = 0.02, .momentum = 0.9}) < 2e-5);
    CHECK(difference<float>(reference::rmsprop_momentum, nn::rmsprop{.momentum = 0.5}) < 2e-5);
    CHECK(difference<float>(reference::adagrad, nn::adagrad{}) < 2e-5);
    CHECK(difference<float>(reference::adamw, nn::adamw{.learning_rate = 0.01, .weight_decay = 0.3}) < 2e-5);
    CHECK(difference<long double>(reference::adam, nn::adam{}) < near);
}
TEST_CASE("optimisers that users write") {
    CHECK(difference(reference::momentum, heavy_ball{}) < near);
    nn::descent<float, weights, by_sign> descent;
    float w[count] = {}, g[count];
    for (std::size_t i = 0; i < count; ++i) g[i] = i % 2 == 0 ? 3.0f : -2.0f;
    CHECK(descent.step(w, g, by_sign{}, 0.125, {}));
    for (std::size_t i = 0; i < count; ++i) CHECK(w[i] == (i % 2 == 0 ? -0.125f : 0.125f));
    CHECK(descent.steps() == 1);
}
TEST_CASE("a step says whether its gradient was finite") {
    const auto finite = [](double bad, std::size_t at) {
        nn::descent<float, weights, nn::adam<>> descent;
        float w[count] = {}, g[count] = {};
        g[at] = static_cast<float>(bad);
        return descent.step(w, g, nn::adam{}, 0.1, {});
    };
    for (std::size_t at = 0; at < count; ++at) {
        CHECK(finite(1e30, at));
        CHECK(!finite(std::numeric_limits<double>::infinity(), at));
        CHECK(!finite(-std::numeric_limits<double>::infinity(), at));
        CHECK(!finite(std::numeric_limits<double>::quiet_NaN(), at));
    }
}
TEST_CASE("schedules") {
    CHECK(difference_of_rates(reference::step_decay, nn::step_decay{.from = 0.1, .factor = 0.5, .every = 4}) < near);
    CHECK(difference_of_rates(reference::cosine, nn::cosine{.from = 0.1, .to = 0.01}) < near);
    CHECK(difference_of_rates(reference::cosine, nn::cosine{.from = 0.1, .to = 0.01, .epochs = 20}) < near);
    CHECK(difference_of_rates(reference::warm_up, nn::warm_up{.steps = 12, .then = nn::cosine{.from = 0.1}}) < near);
    CHECK(difference_of_rates(reference::on_plateau, nn::on_plateau{.factor = 0.5, .patience = 2, .threshold = 1e-2,
                                                                    .cooldown = 1, .least = 0.01}) < near);
    CHECK(nn::rate_at(3, {}) == 3);
    CHECK(nn::rate_at(nn::cosine{.from = 0.1, .to = 0.02, .epochs = 2}, {.step = 11, .steps_per_epoch = 5}) == 0.02);
    CHECK(nn::rate_at([](const nn::moment& at) { return 0.1 / (1 + at.epoch()); }, {.step = 5, .steps_per_epoch = 5}) == 0.05);
    // A warm-up to what falls on a plateau.
    const nn::warm_up both{.steps = 10, .then = nn::on_plateau{.from = 0.2, .patience = 0}};
    const double losses[] = {1, 1, 1};
    CHECK(nn::rate_at(both, {.step = 4, .steps_per_epoch = 5}) == Approx(0.1));
    CHECK(nn::rate_at(both, {.step = 10, .steps_per_epoch = 5, .losses = losses, .epochs_finished = 2}) == Approx(0.02));
    static_assert(nn::rate_at(nn::step_decay{.from = 1.0}, {.step = 60, .steps_per_epoch = 1}) < 0.0101);
}
