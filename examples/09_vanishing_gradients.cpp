// SPDX-License-Identifier: BSL-1.0
// How much of a gradient is left after n layers: a loop over vector-Jacobian products, which is what a backward pass is.
// draws: sigmoid.svg
// draws: slopes.svg
// draws: depth.svg
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
constexpr auto g = cf::input<"g", width>;  // ∂L/∂(what the layer gives)
constexpr auto W = cf::parameter<"W", width, width>;
constexpr auto s = cf::input<"s">;

// The mean of log ‖∂L/∂h‖, n layers before the end, for weights within ±limit; as a curve of norms.
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
        for (std::size_t n = 0; n < depth; ++n)
            values[n + 1] = std::get<0>(step(h = values[n], W = weights[n], g = back));
        double start = 0;
        for (std::size_t n = 0; n <= depth; ++n) {
            double norm = 0;
            for (const double entry : back) norm += entry * entry;
            if (n == 0) start = norm;
            curve.x[n] = static_cast<double>(n);
            curve.y[n] += std::log(norm / start) / (2 * networks);
            if (n < depth) back = std::get<1>(step(h = values[depth - n - 1], W = weights[depth - n - 1], g = back));
        }
    }
    for (double& y : curve.y) y = std::exp(y);
    std::printf("  %-18s after 10 layers %.1e, after 20 layers %.1e\n", name, curve.y[10], curve.y[20]);
    return curve;
}

report::series drawn(const char* name, auto f, int colour, double end, int count = 241) {
    report::series curve{name, {}, {}, colour};
    for (int i = 0; i < count; ++i) {
        curve.x.push_back(end * (2.0 * i / (count - 1) - 1));
        curve.y.push_back(cf::evaluate(f, s = curve.x.back()));
    }
    return curve;
}
void write(const char* file, const report::chart& chart) { std::ofstream(file) << report::standalone_svg(chart); }

int main() {
    const report::series quarter{"¼", {-6, 6}, {0.25, 0.25}, 0};
    write("sigmoid.svg", {"The sigmoid and its derivative", "z", "",
                          {drawn("σ(z)", sigmoid(s), 1, 6), drawn("σ′(z)", derivative(sigmoid(s), s), 2, 6), quarter}});
    const auto slope = [](const char* name, auto f, int colour) { return drawn(name, derivative(f, s), colour, 3); };
    write("slopes.svg", {"Derivatives of three activations", "z", "derivative",
                         {slope("sigmoid", sigmoid(s), 1), slope("tanh", tanh(s), 2), slope("ReLU", relu(s), 3)}});

    const double glorot = std::sqrt(6.0 / (2 * width)), he = std::sqrt(6.0 / width);
    report::series bound{"0.25ⁿ", {}, {}, 0};
    for (std::size_t n = 0; n <= depth; ++n) bound.x.push_back(double(n)), bound.y.push_back(std::pow(0.25, double(n)));
    std::printf("What is left of a gradient, of which 0.25^10 = %.1e:\n", bound.y[10]);
    write("depth.svg", {"The norm of a gradient by layers passed", "layers passed", "‖∂L/∂h‖",
                        {bound, measured("sigmoid", sigmoid(W * h), glorot, 1), measured("tanh", tanh(W * h), glorot, 2),
                         measured("ReLU", relu(W * h), he, 3), measured("x + σ(Wx)", h + sigmoid(W * h), glorot, 4)},
                        report::scale::logarithmic});
}
