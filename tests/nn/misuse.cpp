// SPDX-License-Identifier: BSL-1.0
// What cannot be trained is refused before anything changes, by a sentence with name, expected and found.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/metrics.hpp>
#include <chainfold/nn/optimiser/adagrad.hpp>
#include <chainfold/nn/optimiser/adam.hpp>
#include <chainfold/nn/optimiser/rmsprop.hpp>
#include <chainfold/nn/train.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

const double no_number = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

/// What a check says; nothing if it is content.
template <class Checked>
std::string refusal(const Checked& checked) {
    try {
        if constexpr (requires { checked(); })
            checked();
        else
            checked.check();
    } catch (const std::invalid_argument& e) {
        return e.what();
    }
    return {};
}
template <class Loss>
std::string refused_targets(const Loss&, const std::vector<float>& targets, std::size_t size) {
    return refusal([&] {
        nn::detail::check_targets(nn::detail::takes_for_targets<Loss>(), nn::dataset<float>{{}, cf::batch(targets), {}}, size);
    });
}
std::string refused(const nn::training_options& options, const auto& optimiser, const nn::early_stopping& early = {}) {
    return refusal([&] { nn::detail::check_settings(options, optimiser, early); });
}

}  // namespace

TEST_CASE("nothing has changed after a refusal") {
    using net_type = nn::sequential<float, nn::linear<2, 2>>;
    net_type net{nn::seed{1}};
    const std::vector<float> before(net.data(), net.data() + net_type::size());
    const std::vector<float> in(8, 1.0f), right{1, 0, 0, 1, 0.5f, 0.5f, 1, 0}, wrong{1, 0, 0, 1, 0.5f, 0.6f, 1, 0};
    const auto train = [&](const nn::dataset<float>& data, const nn::training_options& options, double rate) {
        return refusal([&] { nn::train(net, data, nn::cross_entropy{}, nn::sgd{.learning_rate = rate}, options); });
    };
    const nn::training_options quiet{.epochs = 1, .progress = false};
    CHECK(train({cf::batch(in), cf::batch(wrong), {}}, quiet, 0.1) ==
          "targets: the loss takes a distribution, found numbers whose sum is 1.1 in sample 2; for numbers of classes write "
          "class_targets{loss}, for several classes at once binary_cross_entropy");
    CHECK(train({cf::batch(in), cf::batch(right), {}}, quiet, -0.1) ==
          "train: learning_rate must be a number of at least 0, found -0.1");
    CHECK(train({cf::batch(in), cf::batch(right), {}}, {.epochs = 0, .progress = false}, 0.1) ==
          "train: epochs must be at least 1, found 0");
    CHECK(train({{nullptr, 8}, cf::batch(right), {}}, quiet, 0.1) == "inputs: expected 8 numbers, found a null pointer");
    CHECK(train({cf::batch(in), {nullptr, 8}, {}}, quiet, 0.1) == "targets: expected 8 numbers, found a null pointer");
    alignas(float) unsigned char bytes[9 * sizeof(float)]{};
    const auto* const between = reinterpret_cast<const float*>(bytes + 1);
    CHECK(train({{between, 8}, cf::batch(right), {}}, quiet, 0.1) ==
          "inputs: expected numbers at an address that is a multiple of 4, found another: copy them to an array of their type");
    CHECK(std::vector<float>(net.data(), net.data() + net_type::size()) == before);
    CHECK(train({cf::batch(in), cf::batch(right), {}}, quiet, 0.1).empty());
    CHECK(std::vector<float>(net.data(), net.data() + net_type::size()) != before);
}
TEST_CASE("targets that a loss does not take") {
    CHECK(refused_targets(nn::cross_entropy{}, {0.25f, 0.75f, 1, 0}, 2).empty());
    CHECK(refused_targets(nn::cross_entropy{}, {0.25f, 0.7495f}, 2).empty());  // rounded
    CHECK(refused_targets(nn::cross_entropy{}, {1, 0, 0, 0}, 2).find("targets: the loss takes a distribution, found numbers "
                                                                     "whose sum is 0 in sample 1; ") == 0);
    CHECK(refused_targets(nn::negative_log_likelihood{}, {1.5f, -0.5f}, 2).find("targets: the loss takes a distribution, found "
                                                                               "-0.5 in it in sample 0; ") == 0);
    CHECK(refused_targets(nn::kl_divergence{}, {2, 1}, 2).find("numbers whose sum is 3 in sample 0") != std::string::npos);
    CHECK(refused_targets(nn::cross_entropy{.label_smoothing = cf::constant<cf::number{1, 1, -1}>{}}, {3, 4}, 2)
              .find("numbers whose sum is 7") != std::string::npos);
    CHECK(refused_targets(nn::binary_cross_entropy{}, {0, 0.5f, 1}, 1).empty());
    CHECK(refused_targets(nn::binary_cross_entropy{}, {0, 1, -1}, 1) ==
          "targets: the loss takes numbers from 0 to 1, found -1 in sample 2");
    CHECK(refused_targets(nn::hinge{}, {1, -1, 1}, 1).empty());
    CHECK(refused_targets(nn::hinge{}, {1, -1, 0}, 1) == "targets: the loss takes -1 or 1, found 0 in sample 2");
    // What is made of another loss takes what that takes, and what is not finite is for the run to find.
    CHECK(!refused_targets(nn::weighted{nn::cross_entropy{}}, {2, 1}, 2).empty());
    CHECK(!refused_targets(nn::mean_over_outputs{nn::hinge{}}, {2, 1}, 2).empty());
    CHECK(refused_targets(nn::squared_error{}, {2, -1}, 2).empty());
    CHECK(refused_targets(nn::cross_entropy{}, {static_cast<float>(no_number), 3}, 2).empty());
    CHECK(refused_targets(nn::cross_entropy{}, {static_cast<float>(infinity), 3}, 2).empty());
}
TEST_CASE("weights of samples: none below 0, one above") {
    const std::vector<float> negative{1, -1}, none{0, 0};
    const auto refused_weights = [](const std::vector<float>& w) {
        return refusal([&] { nn::detail::check_weights(nn::dataset<float>{{}, {}, cf::batch(w)}, 2); });
    };
    CHECK(refused_weights(negative) == "weights: expected numbers of at least 0, found -1 in sample 1");
    CHECK(refused_weights(none) == "weights: expected one above 0 at least, found none");
    CHECK(refused_weights({0, 2}).empty());
}
TEST_CASE("options of a run without a meaning") {
    const nn::sgd<> sgd;
    CHECK(refused({}, sgd).empty());
    CHECK(refused({.epochs = -1}, sgd) == "train: epochs must be at least 1, found -1");
    CHECK(refused({.batch_size = 0}, sgd) == "train: batch_size must be at least 1");
    CHECK(refused({.l2 = -1}, sgd) == "train: l2 must be a number of at least 0, found -1");
    CHECK(refused({.l1 = no_number}, sgd) == "train: l1 must be a number of at least 0, found nan");
    CHECK(refused({.weight_decay = infinity}, sgd) == "train: weight_decay must be a number of at least 0, found inf");
    CHECK(refused({.clip_value = -2}, sgd) == "train: clip_value must be a number of at least 0, found -2");
    CHECK(refused({.clip_norm = no_number}, sgd) == "train: clip_norm must be a number of at least 0, found nan");
    CHECK(refused({}, sgd, {.patience = 0}) == "early_stopping: patience must be at least 1");
    CHECK(refused({}, sgd, {.min_delta = -1}) == "early_stopping: min_delta must be a number of at least 0, found -1");
    CHECK(refused({}, nn::sgd{.learning_rate = no_number}) == "train: learning_rate must be a number of at least 0, found nan");
    CHECK(refused({}, nn::sgd{.learning_rate = infinity}) == "train: learning_rate must be a number of at least 0, found inf");
    CHECK(refused({}, nn::sgd{.learning_rate = [](const nn::moment&) { return -1.0; }}).empty());  // the user knows
}
TEST_CASE("numbers of optimisers and schedules without a meaning") {
    CHECK(refusal(nn::adam{.epsilon = -1}) == "adam: epsilon must be a number of at least 0, found -1");
    CHECK(refusal(nn::adamw{.weight_decay = -1}) == "adamw: weight_decay must be a number of at least 0, found -1");
    CHECK(refusal(nn::rmsprop{.epsilon = no_number}) == "rmsprop: epsilon must be a number of at least 0, found nan");
    CHECK(refusal(nn::adagrad{.rate_decay = -1}) == "adagrad: rate_decay must be a number of at least 0, found -1");
    CHECK(refusal(nn::adagrad{.initial_sum = -1}) == "adagrad: initial_sum must be a number of at least 0, found -1");
    CHECK(refusal(nn::adagrad{.epsilon = -1}) == "adagrad: epsilon must be a number of at least 0, found -1");
    CHECK(refusal(nn::adagrad{}).empty());
    CHECK(refusal(nn::step_decay{.from = -1.0}) == "step_decay: from must be a number of at least 0, found -1");
    CHECK(refusal(nn::step_decay{.factor = -1}) == "step_decay: factor must be a number of at least 0, found -1");
    CHECK(refusal(nn::step_decay{.every = 0}) == "step_decay: every must be above 0, a number of epochs");
    CHECK(refusal(nn::cosine{.to = no_number}) == "cosine: to must be a number of at least 0, found nan");
    CHECK(refusal(nn::cosine{.epochs = -3}) == "cosine: epochs must be a number of at least 0, found -3");
    CHECK(refusal(nn::warm_up{.steps = -1}) == "warm_up: steps must be a number of at least 0, found -1");
    CHECK(refusal(nn::warm_up{.steps = 5, .then = nn::cosine{.from = -0.1}}) ==
          "cosine: from must be a number of at least 0, found -0.1");
    CHECK(refusal(nn::on_plateau{.factor = 1}) == "on_plateau: factor must be below 1, or the rate does not fall");
    CHECK(refusal(nn::on_plateau{.patience = -1}) == "on_plateau: patience must be a number of at least 0, found -1");
    CHECK(refusal(nn::on_plateau{.threshold = no_number}) == "on_plateau: threshold must be a number of at least 0, found nan");
    CHECK(refusal(nn::on_plateau{.cooldown = -1}) == "on_plateau: cooldown must be a number of at least 0, found -1");
    CHECK(refusal(nn::on_plateau{.least = -1}) == "on_plateau: least must be a number of at least 0, found -1");
    CHECK((refusal(nn::step_decay{}) + refusal(nn::cosine{}) + refusal(nn::warm_up{}) + refusal(nn::on_plateau{})).empty());
    CHECK(refused({}, nn::adam{.learning_rate = nn::step_decay{.every = -1}}) ==
          "step_decay: every must be a number of at least 0, found -1");
}
TEST_CASE("a schedule that gives no number ends the run") {
    nn::sequential<float, nn::linear<2, 2>> net{nn::seed{1}};
    const std::vector<float> in(8, 1.0f), out(8, 0.5f);
    const auto history = nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, nn::cross_entropy{},
                                   nn::sgd{.learning_rate = [](const nn::moment& at) { return at.step < 2 ? 0.1 : 1 / 0.0; }},
                                   {.epochs = 3, .batch_size = 2, .progress = false});
    CHECK(history.failure == "epoch 2, batch 1: the learning rate is not finite; the weights are those after epoch 1");
}
