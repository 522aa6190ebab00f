// A network's loss over a data set, as a function of its block of weights.
#include <chainfold/solver/network.hpp>

#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {
using model = nn::sequential<double, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;
const std::vector<double> inputs{0, 0, 0, 1, 1, 0, 1, 1}, targets{0, 1, 1, 0};
const nn::dataset<double> data{cf::batch(inputs), cf::batch(targets)};

double squares_of_matrices(model& net) {
    double sum = 0;
    for (double w : net.get<"0.weight">()) sum += w * w;
    for (double w : net.get<"2.weight">()) sum += w * w;
    return sum;
}
}  // namespace

TEST_CASE("the loss of a network is the mean over the data") {
    model net{nn::seed{3}};
    auto f = nn::objective(net, data, nn::squared_error{});
    static_assert(f.size() == model::parameter_count);
    double expected = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const double y = net(std::span(inputs).subspan(2 * i, 2))(0);
        expected += (y - targets[i]) * (y - targets[i]) / 4;
    }
    CHECK(f.value({net.data(), net.size()}) == Approx(expected).epsilon(1e-14));
}
TEST_CASE("the penalty is l2/2 of the squares of the weight matrices, and its gradient l2 times the weight") {
    model net{nn::seed{3}};
    for (double& b : net.get<"0.bias">()) b = 0.5;
    auto plain = nn::objective(net, data, nn::squared_error{});
    auto penalised = nn::objective(net, data, nn::squared_error{}, {.l2 = 0.25});
    const std::span<const double> at(net.data(), net.size());
    std::vector<double> gradient(net.size()), with_penalty(net.size());
    const double value = plain.value_and_gradient(at, gradient);
    CHECK(penalised.value_and_gradient(at, with_penalty) ==
          Approx(value + 0.125 * squares_of_matrices(net)).epsilon(1e-14));
    using weights = model::weights;
    for (std::size_t w = 0; w < weights::count; ++w)
        for (std::size_t i = weights::offsets[w]; i < weights::offsets[w + 1]; ++i) {
            const double expected = gradient[i] + (weights::symbols[w].dims.rank == 2 ? 0.25 * at[i] : 0);
            CHECK(with_penalty[i] == Approx(expected).epsilon(1e-13).margin(1e-15));
        }
}
TEST_CASE("data that does not fit the network is refused") {
    const model net{nn::seed{3}};
    const nn::dataset<double> odd{cf::batch(std::span(inputs).first(7)), cf::batch(targets)};
    CHECK_THROWS_MATCHES(nn::objective(net, odd, nn::squared_error{}), std::invalid_argument,
                         Catch::Matchers::Message(
                             "input: a batch of samples of 2 numbers, found 7, which is no whole number of samples"));
    const nn::dataset<double> fewer{cf::batch(inputs), cf::batch(std::span(targets).first(3))};
    CHECK_THROWS_MATCHES(
        nn::objective(net, fewer, nn::squared_error{}), std::invalid_argument,
        Catch::Matchers::Message("target: all batches of a call must be of one length: expected 4 samples, found 3"));
    const std::vector<double> signs{-1, 1, 1, 0};
    CHECK_THROWS_MATCHES(nn::objective(net, nn::dataset<double>{cf::batch(inputs), cf::batch(signs)}, nn::binary_cross_entropy{}),
                         std::invalid_argument,
                         Catch::Matchers::Message("targets: the loss takes numbers from 0 to 1, found -1 in sample 0"));
    CHECK_THROWS_MATCHES(nn::objective(net, nn::dataset<double>{cf::batch(inputs), cf::batch(targets)}, nn::squared_error{}, {.l2 = -1}),
                         std::invalid_argument,
                         Catch::Matchers::Message("objective: l2 must be a number of at least 0, found -1"));
}
