// SPDX-License-Identifier: BSL-1.0
// A network of three layers, its gradient against differences; and the same check with a mistake planted.
#include <array>
#include <iostream>
#include <vector>

#include <chainfold/chainfold.hpp>

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 3>;
constexpr auto t = cf::input<"t", 2>;
constexpr auto W1 = cf::parameter<"W1", 5, 3>;
constexpr auto W2 = cf::parameter<"W2", 4, 5>;
constexpr auto W3 = cf::parameter<"W3", 2, 4>;
constexpr auto b1 = cf::parameter<"b1", 5>;
constexpr auto b2 = cf::parameter<"b2", 4>;
constexpr auto b3 = cf::parameter<"b3", 2>;

constexpr auto a1 = tanh(W1 * x + b1);
constexpr auto a2 = sigmoid(W2 * a1 + b2);
constexpr auto loss = squared_error(W3 * a2 + b3, t);

int main() {
    cf::nn::random_sequence random(cf::nn::seed{3});
    const auto drawn = [&](std::size_t count) {
        std::vector<double> numbers(count);
        for (double& n : numbers) n = 2 * random.uniform() - 1;
        return numbers;
    };
    const auto w1 = drawn(15), w2 = drawn(20), w3 = drawn(8), c1 = drawn(5), c2 = drawn(4), c3 = drawn(2);
    const auto check = [&](const cf::gradient_check_options& how) {
        return check_gradient(loss, how, x = std::array{0.5, -1.0, 2.0}, t = std::array{0.0, 1.0}, W1 = w1, W2 = w2,
                              W3 = w3, b1 = c1, b2 = c2, b3 = c3);
    };
    const cf::gradient_report honest = check({}), planted = check({.plant_mistake = true});
    std::cout << "The gradient of three layers:\n"
              << honest << "\nThe same, with one factor wrong by 1e-4 in each:\n"
              << planted;
    return honest.passed() && !planted.passed() ? 0 : 1;
}
