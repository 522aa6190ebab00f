// SPDX-License-Identifier: BSL-1.0
// What may stand after the options of train, and what the options do.
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/optimiser/adam.hpp>
#include <chainfold/nn/train.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

using line = nn::sequential<double, nn::linear<1, 1>>;
constexpr nn::squared_error loss{};

/// y = 2 x − 1 at twenty points, the odd ones a little off.
struct points {
    std::vector<double> x{}, y{};
    points() {
        for (int i = 0; i < 20; ++i) x.push_back(0.1 * i - 1), y.push_back(2 * x.back() - 1 + (i % 2 == 0 ? 0 : 0.1));
    }
    [[nodiscard]] nn::dataset<double> data() const { return {cf::batch(x), cf::batch(y), {}}; }
    /// Some of them as data of their own.
    [[nodiscard]] points only(auto wanted) const {
        points some = *this;
        some.x.clear(), some.y.clear();
        for (std::size_t i = 0; i < x.size(); ++i)
            if (wanted(i)) some.x.push_back(x[i]), some.y.push_back(y[i]);
        return some;
    }
};
const points all;
constexpr nn::training_options quiet{.epochs = 4, .batch_size = 5, .progress = false};

std::vector<double> weights_of(const line& net) { return {net.data(), net.data() + net.size()}; }

/// Writes down what it is told.
struct diary {
    std::vector<int> epochs{};
    std::vector<std::int64_t> batches{};
    void on_epoch(const nn::epoch_report& r) { epochs.push_back(r.epoch); }
    void on_batch(const nn::batch_report& r) { batches.push_back(r.batch + 100 * r.epoch); }
};

}  // namespace

TEST_CASE("metrics and validation data are measured after every epoch") {
    const points held = all.only([](std::size_t i) { return i % 4 == 0; });
    line net{nn::seed{1}};
    std::vector<double> told;
    const auto history = nn::train(net, all.data(), loss, nn::sgd{.learning_rate = 0.1}, quiet, nn::r_squared, nn::mae,
                                   nn::validation_data{held.data()}, [&](const nn::epoch_report& r) {
                                       told.push_back(r.validation_loss);
                                       CHECK(r.validation_loss == Approx(nn::mean_loss(net, held.data(), loss)));
                                       CHECK(r.history->metrics[1].validation.back() == nn::mae(net, held.data()));
                                       CHECK(r.samples_per_second > 0);
                                   });
    CHECK(told == history.validation_loss);
    REQUIRE(history.metrics.size() == 2);
    CHECK((history.metrics[0].name == "R²" && history.metrics[1].name == "mean absolute error"));
    CHECK(history.metric("R²").training.size() == 4);
    CHECK(history.metric("R²").training.back() == Approx(nn::r_squared(net, all.data())));
    CHECK(history.metric("R²").validation.back() == nn::r_squared(net, held.data()));
    CHECK(history.metric("F1").training.empty());
    CHECK(history.learning_rate == std::vector<double>(4, 0.1));
    CHECK(history.seconds.size() == 4);
    CHECK((history.end == nn::ending::complete && history.failure.empty() && history.best_epoch == 0));
    CHECK(history.optimiser == "sgd");
    CHECK(history.settings[1].name == "batch_size");
    CHECK(history.settings[1].value == 5);

    auto options = quiet;
    options.training_metrics = false;
    const auto less = nn::train(net, all.data(), loss, nn::sgd{}, options, nn::mae, nn::validation_data{held.data()});
    CHECK((less.metrics[0].training.empty() && less.metrics[0].validation.size() == 4));
}
TEST_CASE("a split keeps samples back, by the seed") {
    const auto trained = [&](double fraction, std::uint64_t seed) {
        auto options = quiet;
        options.seed = seed;
        line net{nn::seed{1}};
        nn::train(net, all.data(), loss, nn::sgd{.learning_rate = 0.1}, options, nn::validation_split{fraction});
        return weights_of(net);
    };
    CHECK(trained(0.25, 1) == trained(0.25, 1));
    CHECK(trained(0.25, 1) != trained(0.25, 2));
    CHECK(trained(0.25, 1) != trained(0.5, 1));

    // What is kept back is not trained on and measured whole: five samples, each of the others in every epoch.
    int batches = 0;
    line still{nn::seed{1}};
    const auto history = nn::train(still, all.data(), loss, nn::sgd{.learning_rate = 0}, quiet, nn::validation_split{.fraction = 0.25},
                                   [&](const nn::batch_report& r) {
                                       ++batches;
                                       CHECK(r.batches == 3);
                                   });
    CHECK(batches == 12);
    CHECK(15 * history.loss[0] + 5 * history.validation_loss[0] == Approx(20 * nn::mean_loss(still, all.data(), loss)));
    CHECK(history.loss[0] == Approx(history.loss[3]));

    CHECK_THROWS_WITH(trained(0.01, 1), "validation_split: the fraction must leave at least one sample on either side");
    CHECK_THROWS_WITH(trained(1.5, 1), "validation_split: the fraction must lie between 0 and 1");
}
TEST_CASE("early stopping, and the weights of the best epoch") {
    // Learning rates at which the loss first falls and then rises.
    const auto rate = [](const nn::moment& at) { return at.epoch() < 3 ? 0.05 : -0.05; };
    auto options = quiet;
    options.epochs = 50;
    std::vector<std::vector<double>> after;
    line net{nn::seed{1}};
    const auto remember = [&](const nn::epoch_report&) { after.push_back(weights_of(net)); };
    const nn::dataset<double> data = all.data();
    auto history = nn::train(net, data, loss, nn::sgd{.learning_rate = rate}, options, nn::validation_data{data},
                             nn::early_stopping{.patience = 4}, remember);
    CHECK(history.end == nn::ending::no_progress);
    CHECK(history.best_epoch == 3);
    REQUIRE(history.loss.size() == 7);
    CHECK(weights_of(net) == after[2]);

    after.clear();
    net = line{nn::seed{1}};
    history = nn::train(net, data, loss, nn::sgd{.learning_rate = rate}, options, nn::validation_data{data},
                        nn::early_stopping{.patience = 2, .restore_best = false}, remember);
    CHECK(history.loss.size() == 5);
    CHECK(weights_of(net) == after[4]);

    // A run that is not stopped ends with its best weights as well; a fall below min_delta does not count.
    options.epochs = 5;
    net = line{nn::seed{1}};
    after.clear();
    history = nn::train(net, data, loss, nn::sgd{.learning_rate = rate}, options, nn::validation_data{data}, nn::early_stopping{}, remember);
    CHECK((history.end == nn::ending::complete && weights_of(net) == after[2]));
    net = line{nn::seed{1}};
    history = nn::train(net, data, loss, nn::sgd{.learning_rate = rate}, options, nn::validation_data{data},
                        nn::early_stopping{.patience = 3, .min_delta = 1e6});
    CHECK((history.best_epoch == 1 && history.loss.size() == 4));
    CHECK_THROWS_WITH(nn::train(net, data, loss, nn::sgd{}, options, nn::early_stopping{.patience = 0}),
                      "early_stopping: patience must be at least 1");
}
TEST_CASE("several callbacks, and how they stop a run") {
    diary mine;
    int others = 0;
    line net;
    auto history = nn::train(net, all.data(), loss, nn::sgd{}, quiet, mine, [&](const nn::epoch_report&) { ++others; },
                             [&](const nn::batch_report&) { ++others; });
    CHECK(mine.epochs == std::vector{1, 2, 3, 4});
    CHECK(mine.batches.size() == 16);
    CHECK((mine.batches[0] == 101 && mine.batches[15] == 404 && others == 20));

    history = nn::train(net, all.data(), loss, nn::sgd{}, quiet, [](const nn::epoch_report& r) {
        if (r.epoch == 2) r.stop();
    });
    CHECK((history.end == nn::ending::stopped && history.loss.size() == 2));

    diary until;
    history = nn::train(net, all.data(), loss, nn::sgd{}, quiet, until, [](const nn::batch_report& r) {
        if (r.epoch == 2 && r.batch == 3) r.stop();
    });
    CHECK((history.end == nn::ending::stopped && history.loss.size() == 1));
    CHECK(until.batches.back() == 203);
}
TEST_CASE("a learning rate moves from step to step") {
    std::vector<double> rates;
    line net;
    const auto history = nn::train(net, all.data(), loss, nn::adam{.learning_rate = nn::warm_up{.steps = 4, .then = 0.4}}, quiet,
                                   [&](const nn::batch_report& r) { rates.push_back(r.learning_rate); });
    for (std::size_t s = 0; s < 16; ++s) CHECK(rates[s] == Approx(s < 4 ? 0.1 * static_cast<double>(s + 1) : 0.4));
    CHECK(history.learning_rate == std::vector<double>(4, 0.4));
}
TEST_CASE("options without a meaning") {
    line net{nn::seed{1}};
    const auto before = weights_of(net);
    const auto refused = [&](const nn::training_options& options, const auto& optimiser) {
        try {
            nn::train(net, all.data(), loss, optimiser, options);
        } catch (const std::invalid_argument& e) {
            return std::string(e.what());
        }
        return std::string("accepted");
    };
    CHECK(refused({.batch_size = 0}, nn::sgd{}) == "train: batch_size must be at least 1");
    CHECK(refused({.l2 = -1}, nn::sgd{}) == "train: l2 must be a number of at least 0, found -1");
    CHECK(refused({.clip_norm = std::nan("")}, nn::sgd{}) == "train: clip_norm must be a number of at least 0, found nan");
    CHECK(refused({}, nn::sgd{.nesterov = true}) ==
          "sgd: Nesterov's step needs a momentum: sgd{.momentum = 0.9, .nesterov = true}");
    CHECK(refused({}, nn::sgd{.momentum = 1}) == "sgd: momentum must be at least 0 and below 1, found 1");
    CHECK(refused({}, nn::adam{.beta2 = 1.5}) == "adam: beta2 must be at least 0 and below 1, found 1.5");
    CHECK(weights_of(net) == before);
}
