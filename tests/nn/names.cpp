// SPDX-License-Identifier: BSL-1.0
// A user's own names, even of one letter and global, do not disturb the library's.
#include <array>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

inline constexpr int a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9, j = 10, k = 11, l = 12, m = 13;
inline constexpr int n = 14, o = 15, p = 16, q = 17, r = 18, s = 19, t = 20, u = 21, v = 22, w = 23, x = 24, y = 25, z = 26;
inline constexpr int left = 1, right = 2, sum = 3, rows = 4, inner = 5, tile = 6, samples = 7, out = 8, block = 9;

namespace cf = chainfold;
namespace nn = chainfold::nn;

namespace {
constexpr auto in = cf::input<"in", 5>;
constexpr auto weights = cf::parameter<"weights", 5, 5>;
constexpr auto entropy = cross_entropy(tanh(weights * sin(in)), softmax(in)) + dot(in, in) + mean(row<1>(weights));
using model = nn::sequential<double, nn::linear<5, 3>, nn::tanh, nn::linear<3, 2>>;
}  // namespace

TEST_CASE("one-letter globals do not disturb the library") {
    const std::array<double, 5> point{0.1, 0.2, 0.3, 0.4, 0.5};
    const std::array<double, 25> matrix{0.5, 0.25};
    auto step = cf::compile<double>(value_and_gradient(entropy, weights));
    const auto one = step(in = point, weights = matrix);
    REQUIRE(evaluate(entropy, in = point, weights = matrix) == Approx(one.value));
    REQUIRE(check_gradient(entropy, in = point, weights = matrix).passed());

    model net{nn::seed{3}};
    const std::vector<double> inputs(50, 0.5), targets(20, 1.0);
    const auto history = nn::train(net, nn::dataset{cf::batch(inputs), cf::batch(targets)}, nn::squared_error{},
                                   nn::sgd{.learning_rate = 0.05}, {.epochs = 5});
    REQUIRE(history.loss.back() < history.loss.front());
    REQUIRE(net(point)(0) == net(point)(0));
}
