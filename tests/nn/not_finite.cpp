// SPDX-License-Identifier: BSL-1.0
// Infinities and NaNs: a run ends, says where, and the weights of the last good epoch are kept.
#include <cmath>
#include <limits>
#include <vector>

#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/train.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

using net_type = nn::sequential<float, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;

struct samples {
    std::vector<float> in{}, out{};
    samples() {
        for (int i = 0; i < 12; ++i) {
            in.push_back(0.1f * static_cast<float>(i));
            in.push_back(1);
            out.push_back(in[in.size() - 2] - 0.5f);
        }
    }
    [[nodiscard]] nn::dataset<float> data() const { return {cf::batch(in), cf::batch(out), {}}; }
};

constexpr nn::training_options in_order{.epochs = 5, .batch_size = 4, .shuffle = false, .progress = false};
const float infinity = std::numeric_limits<float>::infinity(), no_number = std::numeric_limits<float>::quiet_NaN();

template <class Net>
std::vector<float> weights_of(const Net& net) {
    return {net.data(), net.data() + net.size()};
}

struct root {
    constexpr auto operator()(auto x) const { return sqrt(x); }
};
struct power {
    constexpr auto operator()(auto x) const { return exp(x); }
};

}  // namespace

TEST_CASE("in the data: epoch, batch, sample and number") {
    samples bad;
    bad.in[13] = no_number;
    net_type net{nn::seed{1}};
    const auto before = weights_of(net);
    auto history = nn::train(net, bad.data(), nn::squared_error{}, nn::sgd{}, in_order);
    CHECK(history.end == nn::ending::not_finite);
    CHECK(history.failure == "epoch 1, batch 2: the loss is not finite; inputs: number 1 of sample 6 is not finite; the "
                             "weights are those after epoch 0");
    CHECK(history.loss.empty());
    CHECK(weights_of(net) == before);

    samples worse;
    worse.out[11] = infinity;
    history = nn::train(net, worse.data(), nn::squared_error{}, nn::sgd{}, in_order);
    CHECK(history.failure == "epoch 1, batch 3: the loss is not finite; targets: number 0 of sample 11 is not finite; the "
                             "weights are those after epoch 0");
    CHECK(weights_of(net) == before);

    // Whatever the order: the sample's place in the data.
    auto options = in_order;
    options.shuffle = true;
    history = nn::train(net, worse.data(), nn::squared_error{}, nn::sgd{}, options);
    CHECK(history.failure.find("targets: number 0 of sample 11 is not finite") != std::string::npos);
}
TEST_CASE("steps that are too long: the weights of the last good epoch") {
    const samples good;
    net_type net{nn::seed{1}};
    std::vector<float> after_two;
    const auto history = nn::train(net, good.data(), nn::squared_error{},
                                   nn::sgd{.learning_rate = [](const nn::moment& at) { return at.epoch() < 2 ? 0.01 : 1e37; }},
                                   in_order, [&](const nn::epoch_report& r) {
                                       if (r.epoch == 2) after_two = weights_of(net);
                                   });
    CHECK(history.end == nn::ending::not_finite);
    CHECK(history.failure.find("epoch 3, batch ") == 0);
    CHECK(history.failure.find("; the weights are those after epoch 2") != std::string::npos);
    CHECK(history.loss.size() == 2);
    CHECK(weights_of(net) == after_two);
}
TEST_CASE("a gradient of which the loss knows nothing, and the weight it belongs to") {
    // √x is finite in 0, its derivative is not.
    nn::sequential<float, nn::linear<1, 1>, root, nn::linear<1, 1>> net;
    net.get<"2.weight">()(0, 0) = 1;
    const auto before = weights_of(net);
    const std::vector<float> in{1, 1}, out{1, 1};
    const auto history = nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, nn::squared_error{}, nn::sgd{}, in_order);
    CHECK(history.failure == "epoch 1, batch 1: the gradient is not finite; the gradient of 0.weight is not finite; the weights "
                             "are those after epoch 0");
    CHECK(weights_of(net) == before);
}
TEST_CASE("inspection knows the layer") {
    nn::sequential<float, nn::linear<1, 2>, nn::tanh, power, nn::linear<2, 1>, power, nn::linear<1, 1>> net{nn::seed{1}};
    net.get<"3.weight">()(0, 0) = 1e4f;
    const std::vector<float> in{1, 1}, out{1, 1};
    const auto history = nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, nn::squared_error{}, nn::sgd{}, in_order,
                                   nn::inspection{});
    CHECK(history.failure.find("epoch 1, batch 1: the loss is not finite; the output of layer 4 is not finite") == 0);
    const auto blind = nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, nn::squared_error{}, nn::sgd{}, in_order);
    CHECK(blind.failure == "epoch 1, batch 1: the loss is not finite; all numbers of the batch and all weights are: with "
                           "nn::inspection{} the layer is named; the weights are those after epoch 0");
}
TEST_CASE("with early stopping, the best weights") {
    const samples good;
    net_type net{nn::seed{1}};
    std::vector<float> after_one;
    const auto rate = [](const nn::moment& at) { return at.epoch() < 1 ? 0.05 : at.epoch() < 2 ? -0.05 : 1e37; };
    const auto history = nn::train(net, good.data(), nn::squared_error{}, nn::sgd{.learning_rate = rate}, in_order,
                                   nn::validation_data{good.data()}, nn::early_stopping{}, [&](const nn::epoch_report& r) {
                                       if (r.epoch == 1) after_one = weights_of(net);
                                   });
    CHECK((history.end == nn::ending::not_finite && history.best_epoch == 1));
    CHECK(weights_of(net) == after_one);
}
