// batch_norm: as PyTorch trains it, its gradient by differences of the whole batch's loss, and its edges.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "nn/batch_norm_reference.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;
namespace reference = batch_norm_reference;
using namespace chainfold::literals;

namespace {

using model = nn::sequential<double, nn::linear<3, 4>, nn::batch_norm<4>, nn::tanh,
                             nn::residual<nn::linear<4, 4, nn::no_bias>, nn::batch_norm<4, 0.3_c>, nn::silu>,
                             nn::linear<4, 2>>;

/// All tensors take the numbers of a list, in their order.
template <std::size_t N>
void fill(model& net, const double (&values)[N]) {
    const double* next = values;
    for (const auto& t : net.tensors())
        for (double& v : t) v = *next++;
    REQUIRE(next == values + N);
}
template <std::size_t N>
double farthest(const model& net, const double (&values)[N]) {
    const double* next = values;
    double most = 0;
    for (const auto& t : net.tensors())
        for (double v : t) most = std::max(most, std::abs(v - *next++));
    return most;
}

}  // namespace

TEST_CASE("the gradient of a batch is PyTorch's") {
    model net;
    fill(net, reference::before);
    nn::stepper<model, nn::squared_error> step(nn::squared_error{});
    const nn::dataset<double> data{{reference::x, 18}, {reference::t, 12}};
    const auto result = step(net, data, {});
    CHECK(result.loss == Approx(reference::losses[0]).epsilon(1e-13));
    REQUIRE(std::size(reference::first_gradient) == model::size());
    for (std::size_t i = 0; i < model::size(); ++i)
        CHECK(std::abs(result.gradient[i] - reference::first_gradient[i]) < 1e-10);
}
TEST_CASE("a run of several epochs ends with PyTorch's weights, running moments and outputs") {
    model net;
    fill(net, reference::before);
    const auto history =
        nn::train(net, nn::dataset{cf::batch(reference::x), cf::batch(reference::t)}, nn::squared_error{},
                  nn::sgd{.learning_rate = 0.05}, {.epochs = 4, .batch_size = 6, .shuffle = false});
    CHECK(history.loss[3] == Approx((6 * reference::losses[6] + 4 * reference::losses[7]) / 10).epsilon(1e-11));
    CHECK(farthest(net, reference::after) < 1e-10);
    std::vector<double> outputs(20);
    net(cf::batch(reference::x), cf::into(outputs));
    for (std::size_t i = 0; i < 20; ++i) CHECK(std::abs(outputs[i] - reference::outputs[i]) < 1e-10);
}

namespace {
// Moments of one batch norm enter those of the next in more than one way: through a residual, and side by side.
using knotted = nn::sequential<double, nn::batch_norm<2>,
                               nn::concat<nn::block<nn::linear<2, 2>, nn::batch_norm<2>>, nn::linear<2, 1>>, nn::silu,
                               nn::dropout<0.2>, nn::batch_norm<3>, nn::linear<3, 1>>;
}  // namespace

TEST_CASE("the gradient of a batch is the slope of its loss") {
    knotted net{nn::seed{4}};
    std::vector<double> x, t, w;
    nn::random_sequence random(nn::seed{5});
    for (int i = 0; i < 37; ++i) {
        x.push_back(3 + random.uniform());
        x.push_back(40 * random.uniform());
        t.push_back(random.uniform());
        w.push_back(2 * random.uniform());
    }
    const nn::dataset data{cf::batch(x), cf::batch(t), cf::batch(w)};
    const nn::weighted loss{nn::huber{}};
    nn::stepper<knotted, nn::weighted<nn::huber<>>> step(loss);
    const nn::batch_position at{.seed = 1, .epoch = 2};
    const double* const found = step(net, data, at).gradient;
    const std::vector<double> gradient(found, found + net.size());
    for (std::size_t i = 0; i < net.size(); ++i) {
        const double kept = net.data()[i], h = 1e-5;
        net.data()[i] = kept + h;
        const double above = step(net, data, at).loss;
        net.data()[i] = kept - h;
        const double below = step(net, data, at).loss;
        net.data()[i] = kept;
        INFO(i);
        CHECK(gradient[i] == Approx((above - below) / (2 * h)).epsilon(1e-6).margin(1e-9));
    }
}

namespace {
using alone = nn::sequential<float, nn::batch_norm<1>>;
struct first_output {
    constexpr auto operator()(auto y, auto t) const { return sum(cf::square(y)) + 0_c * sum(t); }
};
float running(alone& net, const std::vector<float>& x) {
    nn::stepper<alone, first_output> step(first_output{});
    step(net, nn::dataset{cf::batch(x), cf::batch(x)}, {});
    return net.get<"0.running_var">()(0);
}
}  // namespace

TEST_CASE("the variance of numbers far from zero keeps its digits") {
    std::vector<float> x;
    for (int i = 0; i < 64; ++i) x.push_back(10000.0f + static_cast<float>(i % 4));  // 1.25 · 64 / 63 about the mean
    alone net{nn::seed{1}};
    CHECK(running(net, x) == Approx(0.9 + 0.1 * 1.25 * 64 / 63).epsilon(1e-5));
}
TEST_CASE("a batch of one sample says nothing of the variance") {
    alone net{nn::seed{1}};
    CHECK(running(net, {5}) == 1);
    CHECK(net.get<"0.running_mean">()(0) == 0.5f);
}
TEST_CASE("outside training each sample stands for itself") {
    alone net{nn::seed{1}};
    net.get<"0.running_mean">()(0) = 2;
    net.get<"0.running_var">()(0) = 4;
    net.get<"0.weight">()(0) = 3;
    net.get<"0.bias">()(0) = 1;
    CHECK(net(std::array{6.0f})(0) == Approx(3 * 4 / 2.0 + 1).epsilon(1e-5));
    std::vector<float> in(100, 6.0f), out(100);
    in[7] = 2;
    net(cf::batch(in), cf::into(out));
    CHECK(out[7] == 1);
    CHECK(out[99] == net(std::array{6.0f})(0));
}
