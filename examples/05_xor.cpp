// SPDX-License-Identifier: BSL-1.0
// XOR by a 2-4-1 network, one sample at a time, from the starting weights of NumPy's seed 42.
// draws: xor.svg
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>

#include <chainfold/chainfold.hpp>
#include <chainfold/report/curves.hpp>
#include <chainfold/report/figure.hpp>

namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<double, nn::linear<2, 4>, nn::sigmoid, nn::linear<4, 1>, nn::sigmoid>;
static_assert(model::parameter_count == 17);

int main() {
    const std::array inputs{0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0};
    const std::array targets{0.0, 1.0, 1.0, 0.0};

    model net;
    std::ranges::copy(std::array{0.24835707650561634, -0.06913215058559233, 0.32384426905034625, 0.7615149282040127,
                                 -0.11707668736166799, -0.11706847847459027, 0.7896064077536957, 0.3837173645764544},
                      net.get<"0.weight">().begin());
    std::ranges::copy(std::array{-0.23473719296747605, 0.27128002179298233, -0.23170884640623113, -0.23286487678512843},
                      net.get<"2.weight">().begin());

    std::puts("XOR, 2-4-1 sigmoid, learning rate 1");
    const nn::training_history history =
        nn::train(net, nn::dataset{cf::batch(inputs), cf::batch(targets)}, nn::squared_error{},
                  nn::sgd{.learning_rate = 1}, {.epochs = 1000, .batch_size = 1, .shuffle = false});
    for (const std::size_t epoch : {1u, 200u, 400u, 600u, 800u, 1000u})
        std::printf("  epoch %4zu  loss %.6f\n", epoch, history.loss[epoch - 1]);
    for (std::size_t i = 0; i < 4; ++i)
        std::printf("  %g xor %g  ->  %.4f (target %g)\n", inputs[2 * i], inputs[2 * i + 1],
                    net(std::array{inputs[2 * i], inputs[2 * i + 1]})(0), targets[i]);

    cf::report::chart curve = cf::report::loss_chart(history);
    curve.title = "Mean squared error of XOR by epoch";
    curve.y_scale = cf::report::scale::linear;
    std::ofstream("xor.svg") << cf::report::standalone_svg(curve);

    // What NumPy computes with the same weights.
    const double numpy[] = {0.018032437830599747, 0.9648280498936227, 0.9665007768451342, 0.04996916703936573};
    double error = std::abs(history.loss.back() - 0.0013038117919734042);
    for (std::size_t i = 0; i < 4; ++i)
        error = std::fmax(error, std::abs(net(std::array{inputs[2 * i], inputs[2 * i + 1]})(0) - numpy[i]));
    return error < 1e-12 ? 0 : 1;
}
