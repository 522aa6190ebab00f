// SPDX-License-Identifier: BSL-1.0
// XOR by a 2-4-1 network, one sample at a time, from the starting weights of NumPy's seed 42.
#include <algorithm>
#include <array>
#include <cstdio>

#include <chainfold/chainfold.hpp>

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

    std::printf("XOR, 2-4-1 sigmoid, learning rate 1\n");
    nn::train(net, nn::dataset{cf::batch(inputs), cf::batch(targets)}, nn::squared_error{}, nn::sgd{.learning_rate = 1},
              {.epochs = 1000, .batch_size = 1, .shuffle = false}, [](const nn::epoch_report& r) {
                  if (r.epoch == 1 || r.epoch % 200 == 0) std::printf("  epoch %4d  loss %.16f\n", r.epoch, r.loss);
              });
    bool right = true;
    for (std::size_t i = 0; i < 4; ++i) {
        const double out = net(std::array{inputs[2 * i], inputs[2 * i + 1]})(0);
        std::printf("  %g xor %g  ->  %.4f (target %g)\n", inputs[2 * i], inputs[2 * i + 1], out, targets[i]);
        right = right && (out > 0.5) == (targets[i] > 0.5);
    }
    return right ? 0 : 1;
}
