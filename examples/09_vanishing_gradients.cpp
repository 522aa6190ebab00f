// SPDX-License-Identifier: BSL-1.0
// What is left of a gradient after many layers: a backward pass is a loop over vector-Jacobian products.
// draws: depth.svg
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/report/figure.hpp>

namespace cf = chainfold;
namespace report = chainfold::report;

constexpr std::size_t width = 32, depth = 20, networks = 20;
constexpr auto h = cf::input<"h", width>;
constexpr auto g = cf::input<"g", width>;  // ∂L/∂(output of the layer)
constexpr auto W = cf::parameter<"W", width, width>;

double norm(const auto& v) {
    double sum = 0;
    for (const double entry : v) sum += entry * entry;
    return std::sqrt(sum);
}

// ‖∂L/∂h‖ by the number of layers between h and L, over that at the end: the geometric mean of some networks, whose
// weights are drawn from ±limit.
report::series measured(const char* name, auto layer, double limit, int colour) {
    auto step = cf::compile<double>(layer, vector_jacobian_product(layer, h, g));
    cf::nn::random_sequence random(cf::nn::seed{1});
    const auto draw = [&](auto& tensor, double size) {
        for (double& entry : tensor) entry = size * (2 * random.uniform() - 1);
    };
    std::vector<cf::tensor<double, width>> values(depth + 1);
    std::vector<cf::tensor<double, width, width>> weights(depth);
    report::series curve{name, std::vector<double>(depth + 1), std::vector<double>(depth + 1), colour};
    for (std::size_t net = 0; net < networks; ++net) {
        cf::tensor<double, width> back{};
        draw(back, 1);
        draw(values[0], 1);
        for (auto& w : weights) draw(w, limit);
        for (std::size_t n = 0; n < depth; ++n) {  // forward
            const auto [output, unused] = step(h = values[n], W = weights[n], g = back);
            std::ranges::copy(output, values[n + 1].begin());
        }
        const double at_the_end = norm(back);
        for (std::size_t n = 0; n < depth; ++n) {  // backward
            const auto [unused, before] = step(h = values[depth - 1 - n], W = weights[depth - 1 - n], g = back);
            std::ranges::copy(before, back.begin());
            curve.y[n + 1] += std::log(norm(back) / at_the_end) / networks;
        }
    }
    for (std::size_t n = 0; n <= depth; ++n) curve.x[n] = static_cast<double>(n), curve.y[n] = std::exp(curve.y[n]);
    std::printf("%9.2g %9.2g %9.2g  %s\n", curve.y[5], curve.y[10], curve.y[20], name);
    return curve;
}

int main() {
    const double glorot = std::sqrt(6.0 / (width + width)), he = std::sqrt(6.0 / width);
    report::series bound{"0.25ⁿ", {}, {}, 0};
    for (std::size_t n = 0; n <= depth; ++n)
        bound.x.push_back(static_cast<double>(n)), bound.y.push_back(std::pow(0.25, n));
    std::printf("        5        10        20  layers\n%9.2g %9.2g %9.2g  0.25ⁿ\n", bound.y[5], bound.y[10],
                bound.y[20]);
    std::ofstream("depth.svg") << report::standalone_svg(
        {"The norm of a gradient by the layers that it passed",
         "layers passed",
         "‖∂L/∂h‖",
         {bound, measured("sigmoid", sigmoid(W * h), glorot, 1), measured("tanh", tanh(W * h), glorot, 2),
          measured("ReLU", relu(W * h), he, 3), measured("h + σ", h + sigmoid(W * h), glorot, 4)},
         report::scale::logarithmic});
}
