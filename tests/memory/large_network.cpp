// 784-1024-1024-10 as local variables: neither the program nor the model stands on the stack.
#include <chainfold/chainfold.hpp>

#include <cmath>
#include <cstdio>
#include <span>
#include <vector>

namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<784, 1024>, nn::relu, nn::linear<1024, 1024>, nn::relu, nn::linear<1024, 10>>;

int main() {
    bool good = true;
    const auto check = [&](const char* what, bool holds) {
        if (!holds) std::printf("%s\n", what);
        good = good && holds;
    };
    model net{nn::seed{7}};
    constexpr auto x = cf::input<"input", 784>;
    constexpr auto t = cf::input<"target", 10>;
    constexpr auto W2 = cf::parameter<"2.weight", 1024, 1024>;
    constexpr auto b4 = cf::parameter<"4.bias", 10>;
    constexpr auto loss = cf::cross_entropy(model::expression_of_output, t);
    auto step = cf::compile<float>(cf::value_and_gradient(loss, W2, b4));
    check("the objects are large", sizeof net < 1024 && sizeof step < 1024);

    std::vector<float> inputs(784 * 33), targets(10 * 33);
    for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = static_cast<float>(i * 29 % 83) / 83;
    for (std::size_t s = 0; s < 33; ++s) targets[10 * s + s % 10] = 1;
    const auto run = [&](std::size_t first, std::size_t count) {
        return step(x = cf::batch(std::span<const float>(inputs).subspan(784 * first, 784 * count)),
                    t = cf::batch(std::span<const float>(targets).subspan(10 * first, 10 * count)),
                    model::weights::bound(net.data()));
    };
    // The mean of 33 samples is the mean of the first 20 and the last 13.
    double value = 0, in_matrix = 0, in_bias = 0;
    for (std::size_t first : {0u, 20u}) {
        const std::size_t count = first == 0 ? 20 : 13;
        const auto r = run(first, count);
        const double share = static_cast<double>(count) / 33;
        value += share * static_cast<double>(r.value);
        in_matrix += share * static_cast<double>(r.gradient[W2](1000, 17));
        in_bias += share * static_cast<double>(r.gradient[b4](3));
    }
    const auto r = run(0, 33);
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-5 * (1e-3 + std::abs(b)); };
    check("value", near(static_cast<double>(r.value), value) && value > 0);
    check("matrix", near(static_cast<double>(r.gradient[W2](1000, 17)), in_matrix));
    check("bias", near(static_cast<double>(r.gradient[b4](3)), in_bias) && std::abs(in_bias) > 1e-4);

    const auto scores = net(std::span<const float>(inputs).first(784));
    check("scores", std::isfinite(scores(0)) && scores(0) != scores(1));
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
    const auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{.learning_rate = 0.05}, {.epochs = 3, .batch_size = 11});
    check("training", history.loss.back() < history.loss.front());
    std::puts(good ? "ok" : "wrong");
    return good ? 0 : 1;
}
