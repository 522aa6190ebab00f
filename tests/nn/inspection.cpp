// SPDX-License-Identifier: BSL-1.0
// A look inside: norms worked out by hand, warnings by networks that deserve them, and how they are shown.
#include <cmath>
#include <sstream>
#include <vector>

#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/loss.hpp>
#include <chainfold/nn/sparkline.hpp>
#include <chainfold/nn/train.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {

using net_type = nn::sequential<double, nn::linear<2, 4>, nn::relu, nn::linear<4, 1>>;
const std::vector<double> in{1, 0, 0, 1, 1, 1, -1, 0.5}, out{1, 0, 1, 0};
nn::dataset<double> data() { return {cf::batch(in), cf::batch(out), {}}; }
constexpr nn::training_options quiet{.epochs = 3, .batch_size = 4, .shuffle = false, .progress = false};

double norm(const std::vector<double>& v, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += v[i] * v[i];
    return std::sqrt(sum);
}

}  // namespace

TEST_CASE("activations, gradients, weights and steps") {
    net_type net{nn::seed{3}};
    const net_type before = net;
    const std::vector<double> w(before.data(), before.data() + before.size());
    const double rate = 0.05;
    const auto history = nn::train(net, data(), nn::squared_error{}, nn::sgd{.learning_rate = rate}, {.epochs = 1, .batch_size = 4, .shuffle = false, .progress = false},
                                   nn::inspection{.every = 1});
    const nn::layer_history& seen = history.layers;
    REQUIRE(seen.rows() == 1);
    CHECK(seen.layers == 3);
    CHECK(seen.weights == std::vector<std::string_view>{"0.weight", "0.bias", "2.weight", "2.bias"});
    CHECK(seen.steps == std::vector{1.0});

    double squares[3] = {};
    std::size_t silent = 0;
    for (std::size_t unit = 0; unit < 4; ++unit) {
        bool fires = false;
        for (std::size_t s = 0; s < 4; ++s) {
            const double z = w[2 * unit] * in[2 * s] + w[2 * unit + 1] * in[2 * s + 1];
            squares[0] += z * z / 16;
            squares[1] += z > 0 ? z * z / 16 : 0;
            fires = fires || z > 0;
        }
        silent += !fires;
    }
    for (std::size_t s = 0; s < 4; ++s) {
        double y = 0;
        for (std::size_t unit = 0; unit < 4; ++unit)
            y += w[12 + unit] * std::max(0.0, w[2 * unit] * in[2 * s] + w[2 * unit + 1] * in[2 * s + 1]);
        squares[2] += y * y / 4;
    }
    for (std::size_t l = 0; l < 3; ++l) CHECK(seen.at(seen.activation, 0, l) == Approx(std::sqrt(squares[l])));
    CHECK(seen.at(seen.dead, 0, 1) == static_cast<double>(silent) / 4);

    std::vector<double> step(w.size());
    for (std::size_t i = 0; i < w.size(); ++i) step[i] = net.data()[i] - w[i];
    const std::size_t ends[] = {0, 8, 12, 16, 17};
    for (std::size_t k = 0; k < 4; ++k) {
        const double moved = norm(step, ends[k], ends[k + 1]), own = norm(w, ends[k], ends[k + 1]);
        CHECK(seen.at(seen.weight, 0, k) == Approx(own));
        CHECK(seen.at(seen.gradient, 0, k) == Approx(moved / rate));
        CHECK(seen.at(seen.update, 0, k) == Approx(own > 0 ? moved / own : 0));
    }
}
TEST_CASE("every so many steps, and nothing is changed by looking") {
    net_type looked{nn::seed{3}}, alone{nn::seed{3}};
    const nn::training_options options{.epochs = 10, .batch_size = 1, .seed = 4, .progress = false};
    const auto history = nn::train(looked, data(), nn::squared_error{}, nn::sgd{}, options, nn::inspection{.every = 15});
    CHECK(history.layers.steps == std::vector<double>{1, 16, 31});
    CHECK((history.layers.activation.size() == 9 && history.layers.update.size() == 12));
    nn::train(alone, data(), nn::squared_error{}, nn::sgd{}, options);
    CHECK(std::equal(looked.data(), looked.data() + looked.size(), alone.data()));
    CHECK_THROWS_WITH(nn::train(looked, data(), nn::squared_error{}, nn::sgd{}, options, nn::inspection{.every = 0}),
                      "inspection: every must be at least 1");
}
TEST_CASE("dead units and steps that are too long, in words and once") {
    net_type net{nn::seed{3}};
    for (double& b : net.get<"0.bias">()) b = -10;
    net.get<"0.bias">()(2) = 10;
    auto history = nn::train(net, data(), nn::squared_error{}, nn::sgd{.learning_rate = 1e-5}, quiet, nn::inspection{.every = 1});
    CHECK(history.warnings == std::vector<std::string>{"step 1: dead units: in layer 1 75 % are zero for every sample of the batch"});

    net = net_type{nn::seed{3}};
    history = nn::train(net, data(), nn::squared_error{}, nn::sgd{.learning_rate = 1000}, {.epochs = 1, .batch_size = 4, .progress = false},
                        nn::inspection{});
    REQUIRE(history.warnings.size() == 2);
    CHECK(history.warnings[0].find("step 1: the steps are too long: 0.weight moved by ") == 0);
    CHECK(history.warnings[1].find("step 1: the steps are too long: 2.weight moved by ") == 0);
    CHECK(history.warnings[1].find(" times its own norm") != std::string::npos);
}
TEST_CASE("gradients that vanish or explode on their way back") {
    using s = nn::sigmoid;
    using l = nn::linear<4, 4>;
    using deep = nn::sequential<double, nn::linear<2, 4>, s, l, s, l, s, l, s, l, s, l, s, l, s, nn::linear<4, 1>>;
    deep net{nn::seed{1}};
    auto history = nn::train(net, data(), nn::squared_error{}, nn::sgd{}, quiet, nn::inspection{});
    REQUIRE(!history.warnings.empty());
    CHECK(history.warnings[0].find("step 1: the gradient vanishes: 0.weight receives ") == 0);
    CHECK(history.warnings[0].find(" of what 14.weight does") != std::string::npos);

    // The last weights small, those before large: what comes back is large against what they get.
    for (double& w : net.get<"14.weight">()) w = 1e9;
    for (double& w : net.get<"12.weight">()) w *= 1e-4;
    history = nn::train(net, data(), nn::squared_error{}, nn::sgd{.learning_rate = 0}, quiet, nn::inspection{.vanishing = 0});
    REQUIRE(!history.warnings.empty());
    CHECK(history.warnings[0].find("step 1: the gradient explodes: ") == 0);
    CHECK(history.warnings[0].find(" times what 14.weight does") != std::string::npos);
}
TEST_CASE("sparklines") {
    CHECK(nn::sparkline({1, 2, 4, 8, 16, 32, 64, 128}) == "▁▂▃▄▅▆▇█");
    CHECK(nn::sparkline({0, 1, 0, 10}) == " ▁ █");
    CHECK(nn::sparkline({3, 3}) == "▄▄");
    CHECK(nn::sparkline({}).empty());
    std::vector<double> many;
    for (int i = 0; i < 1000; ++i) many.push_back(std::exp(0.01 * i));
    CHECK(nn::sparkline(many, 8) == "▁▂▃▄▅▆▇█");

    net_type net{nn::seed{3}};
    const auto history = nn::train(net, data(), nn::squared_error{}, nn::sgd{.learning_rate = 0.1},
                                   {.epochs = 50, .batch_size = 2, .progress = false}, nn::inspection{.every = 4});
    std::ostringstream shown;
    shown << history.layers;
    CHECK(shown.str().find("  layer         activation") == 0);
    CHECK(shown.str().find("\n  2.weight      ") != std::string::npos);
    std::ostringstream empty;
    empty << nn::layer_history{};
    CHECK(empty.str() == "nothing was looked at\n");
    if (std::getenv("SHOW") != nullptr) std::puts(shown.str().c_str());
}
