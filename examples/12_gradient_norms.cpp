// SPDX-License-Identifier: BSL-1.0
// The gradient of every layer while a network learns: four layers of sigmoids, then the same with residual connections.
// draws: gradients_sigmoid.svg
// draws: gradients_residual.svg
#include <cmath>
#include <cstdio>
#include <fstream>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/report/figure.hpp>

namespace cf = chainfold;
namespace nn = chainfold::nn;
namespace report = chainfold::report;

using plain = nn::sequential<double, nn::linear<2, 8>, nn::sigmoid, nn::linear<8, 8>, nn::sigmoid, nn::linear<8, 8>,
                             nn::sigmoid, nn::linear<8, 8>, nn::sigmoid, nn::linear<8, 1>>;
using block = nn::residual<nn::linear<8, 8>, nn::sigmoid>;
using residual = nn::sequential<double, nn::linear<2, 8>, nn::sigmoid, block, block, block, nn::linear<8, 1>>;

template <class Model>
void study(const char* name, const char* file) {
    std::vector<double> points, values;  // inside a circle or outside
    for (int i = 0; i < 400; ++i) {
        const double a = i % 20 / 10.0 - 0.95, b = i / 20 / 10.0 - 0.95;
        points.insert(points.end(), {a, b});
        values.push_back(a * a + b * b < 0.5 ? 1 : 0);
    }
    Model net{nn::seed{1}};
    const nn::training_history history = nn::train(
        net, nn::dataset{cf::batch(points), cf::batch(values)}, nn::binary_cross_entropy{},
        nn::sgd{.learning_rate = 0.5}, {.epochs = 400, .batch_size = 20, .seed = 1}, nn::inspection{.every = 2});

    const nn::layer_history& seen = history.layers;
    report::chart chart{"Norm of the gradient by layer", "epoch", "‖∂L/∂W‖ by layer", {}, report::scale::logarithmic};
    std::printf("%s: loss %.3f\n  gradient in the first and the last ten epochs\n", name, history.loss.back());
    constexpr std::size_t looks = 100;  // in ten epochs
    for (std::size_t w = 0; w < seen.weights.size(); w += 2) {  // matrices; every second one is a vector
        report::series line{std::to_string(w / 2 + 1), {}, {}, static_cast<int>((w / 2 + 1) % 5)};
        for (std::size_t row = 0; row < seen.rows(); row += looks) {
            double sum = 0;
            for (std::size_t i = 0; i < looks; ++i) sum += seen.at(seen.gradient, row + i, w);
            line.x.push_back(seen.steps[row] / 20 + 5);
            line.y.push_back(sum / looks);
        }
        std::printf("  %8.1e  %8.1e  %s\n", line.y.front(), line.y.back(), std::string(seen.weights[w]).c_str());
        chart.lines.push_back(line);
    }
    for (const std::string& warning : history.warnings) std::printf("  %s\n", warning.c_str());
    std::ofstream(file) << report::standalone_svg(chart);
}

int main() {
    study<plain>("sigmoid layers", "gradients_sigmoid.svg");
    study<residual>("residual blocks", "gradients_residual.svg");
}
