// SPDX-License-Identifier: BSL-1.0
// Value and gradient against the same by hand, in one binary: ns for each call, medians of 15 in alternation.
#include <cmath>
#include <span>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "by_hand.hpp"
#include "timing.hpp"

namespace cf = chainfold;

namespace scalar {
constexpr auto x = cf::input<"x">;
constexpr auto t = cf::input<"t">;
constexpr auto w1 = cf::parameter<"w1">;
constexpr auto b1 = cf::parameter<"b1">;
constexpr auto w2 = cf::parameter<"w2">;
constexpr auto b2 = cf::parameter<"b2">;
constexpr auto loss = square(sigmoid(w2 * sigmoid(w1 * x + b1) + b2) - t);
}  // namespace scalar

namespace network {
constexpr auto x = cf::input<"x", 64>;
constexpr auto t = cf::input<"t", 4>;
constexpr auto W1 = cf::parameter<"W1", 64, 64>;
constexpr auto b1 = cf::parameter<"b1", 64>;
constexpr auto W2 = cf::parameter<"W2", 64, 64>;
constexpr auto b2 = cf::parameter<"b2", 64>;
constexpr auto W3 = cf::parameter<"W3", 4, 64>;
constexpr auto b3 = cf::parameter<"b3", 4>;
constexpr auto loss = squared_error(W3 * tanh(W2 * tanh(W1 * x + b1) + b2) + b3, t);
}  // namespace network

bool failed = false;

void require_equal(const char* what, double a, double b, double tolerance) {
    if (std::abs(a - b) <= tolerance) return;
    if (!failed) std::printf("%s: %.9g and %.9g differ\n", what, a, b);
    failed = true;
}

void measure_two_neurons() {
    using namespace scalar;
    auto step = cf::compile<double>(value_and_gradient(loss, w1, b1, w2, b2));
    double at = 1;  // as if it came from elsewhere
    const auto ours = [&] {
        asm volatile("" : "+m"(at));
        const auto r = step(x = at, t = 1.0, w1 = 0.5, b1 = 0.1, w2 = 0.8, b2 = -0.2);
        timing::keep(*r.gradient.data());
        timing::keep(r.value);
    };
    const auto theirs = [&] {
        asm volatile("" : "+m"(at));
        const auto r = by_hand::two_neurons::at(at, 1.0, 0.5, 0.1, 0.8, -0.2);
        timing::keep(r);
    };
    const auto a = step(x = 1.0, t = 1.0, w1 = 0.5, b1 = 0.1, w2 = 0.8, b2 = -0.2);
    const auto b = by_hand::two_neurons::at(1.0, 1.0, 0.5, 0.1, 0.8, -0.2);
    require_equal("two neurons, w1", a.gradient[w1], b.w1, 1e-14);
    require_equal("two neurons, value", a.value, b.value, 1e-14);
    timing::print_row("two sigmoid neurons, double", timing::compare(ours, theirs));
}

void measure_network(const char* what, int batch) {
    using namespace network;
    static by_hand::weights n, g;
    for (std::size_t i = 0; i < by_hand::weights::size; ++i) n.data()[i] = 0.2f * std::sin(0.7f * static_cast<float>(i));
    std::vector<float> inputs(static_cast<std::size_t>(64 * batch)), targets(static_cast<std::size_t>(4 * batch));
    for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = std::cos(0.3f * static_cast<float>(i));
    for (std::size_t i = 0; i < targets.size(); ++i) targets[i] = std::sin(1.3f * static_cast<float>(i));

    auto step = cf::compile<float>(value_and_gradient(loss, W1, b1, W2, b2, W3, b3));
    const auto call = [&] {
        if (batch == 1)
            return step(x = std::span<const float, 64>(inputs.data(), 64), t = std::span<const float, 4>(targets.data(), 4),
                        W1 = n.w1, b1 = n.b1, W2 = n.w2, b2 = n.b2, W3 = n.w3, b3 = n.b3);
        return step(x = cf::batch(inputs), t = cf::batch(targets), W1 = n.w1, b1 = n.b1, W2 = n.w2, b2 = n.b2, W3 = n.w3,
                    b3 = n.b3);
    };
    const auto r = call();
    require_equal(what, r.value, by_hand::value_and_gradient(n, inputs.data(), targets.data(), batch, g), 1e-5);
    for (std::size_t i = 0; i < by_hand::weights::size; ++i) require_equal(what, r.gradient.data()[i], g.data()[i], 1e-5);
    timing::print_row(what, timing::compare([&] { timing::keep(*call().gradient.data()); },
                                            [&] {
                                                timing::keep(by_hand::value_and_gradient(n, inputs.data(), targets.data(), batch, g));
                                            }));
}

int main() {
    std::printf("| value and gradient                   | chainfold ns | by hand ns | ratio | spread of ratios |\n");
    std::printf("|---|---:|---:|---:|---:|\n");
    measure_two_neurons();
    measure_network("64-64-64-4 tanh, float, one sample", 1);
    measure_network("64-64-64-4 tanh, float, batch of 32", 32);
    measure_network("64-64-64-4 tanh, float, batch of 256", 256);
    return failed ? 1 : 0;
}
