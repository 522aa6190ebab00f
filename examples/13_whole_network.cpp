// SPDX-License-Identifier: BSL-1.0
// A whole network from nothing but expressions: two hidden layers, three activations, mini-batches, an L2 penalty.
// draws: whole_network.svg
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/report/figure.hpp>

namespace cf = chainfold;
namespace report = chainfold::report;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 1>;
constexpr auto W1 = cf::parameter<"W1", 16, 2>;
constexpr auto b1 = cf::parameter<"b1", 16>;
constexpr auto W2 = cf::parameter<"W2", 16, 16>;
constexpr auto b2 = cf::parameter<"b2", 16>;
constexpr auto W3 = cf::parameter<"W3", 1, 16>;
constexpr auto b3 = cf::parameter<"b3", 1>;

constexpr std::size_t samples = 400, batch_size = 20, epochs = 60;
constexpr double rate = 0.3, l2 = 1e-4;

report::series train(const char* name, auto f, int colour) {
    constexpr auto score = W3 * f(W2 * f(W1 * x + b1) + b2) + b3;
    auto step = cf::compile<double>(value_and_gradient(binary_cross_entropy(score, t), W1, b1, W2, b2, W3, b3));
    auto predict = cf::compile<double>(score);
    std::vector<double> points, classes;  // two spirals
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < samples; ++i) {
        const double arm = i % 2 == 0 ? 0 : 1, r = 0.1 + static_cast<double>(i) / samples;
        points.insert(points.end(), {r * std::cos(5 * r + 3.14 * arm), r * std::sin(5 * r + 3.14 * arm)});
        classes.push_back(arm), order.push_back(i);
    }
    cf::nn::random_sequence random(cf::nn::seed{5});
    const auto drawn = [&](std::size_t count, double limit) {
        std::vector<double> w(count);
        for (double& entry : w) entry = limit * (2 * random.uniform() - 1);
        return w;
    };
    std::vector w1 = drawn(32, 0.6), w2 = drawn(256, 0.4), w3 = drawn(16, 0.6), c1(16, 0.0), c2(16, 0.0), c3(1, 0.0);
    const auto descend = [](std::vector<double>& w, const auto& gradient, double penalty) {
        for (std::size_t i = 0; i < w.size(); ++i) w[i] -= rate * (gradient.data()[i] + penalty * w[i]);
    };
    report::series curve{name, {}, {}, colour};
    std::vector<double> xs(2 * batch_size), ts(batch_size);  // a mini-batch
    cf::nn::random_sequence shuffling(cf::nn::seed{1});
    for (std::size_t epoch = 1; epoch <= epochs; ++epoch) {
        double loss = 0;
        cf::nn::shuffle(order, shuffling);
        for (std::size_t first = 0; first < samples; first += batch_size) {
            for (std::size_t i = 0; i < batch_size; ++i)
                std::copy_n(&points[2 * order[first + i]], 2, &xs[2 * i]), ts[i] = classes[order[first + i]];
            const auto r =
                step(x = cf::batch(xs), t = cf::batch(ts), W1 = w1, b1 = c1, W2 = w2, b2 = c2, W3 = w3, b3 = c3);
            loss += r.value * batch_size / samples;
            descend(w1, r.gradient[W1], l2), descend(w2, r.gradient[W2], l2), descend(w3, r.gradient[W3], l2);
            descend(c1, r.gradient[b1], 0), descend(c2, r.gradient[b2], 0), descend(c3, r.gradient[b3], 0);
        }
        curve.x.push_back(static_cast<double>(epoch)), curve.y.push_back(loss);
    }
    std::vector<double> scores(samples);
    predict(x = cf::batch(points), W1 = w1, b1 = c1, W2 = w2, b2 = c2, W3 = w3, b3 = c3, cf::into(scores));
    std::size_t right = 0;
    for (std::size_t i = 0; i < samples; ++i) right += (scores[i] > 0) == (classes[i] > 0);
    std::printf("%-5s loss %.5f, %zu of %zu right\n", name, curve.y.back(), right, samples);
    return curve;
}

int main() {
    std::vector<report::series> curves{train("tanh", [](auto z) { return tanh(z); }, 1),
                                       train("ReLU", [](auto z) { return relu(z); }, 2),
                                       train("SiLU", [](auto z) { return silu(z); }, 3)};
    std::ofstream("whole_network.svg") << report::standalone_svg({"Loss by epoch", "epoch", "loss", curves});
}
