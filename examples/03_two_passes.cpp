// SPDX-License-Identifier: BSL-1.0
// A network neuron by neuron: values go forward from x to the loss L, derivatives of L go back to every weight.
// draws: neurons.svg
#include <array>
#include <fstream>
#include <iostream>

#include <chainfold/show.hpp>

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t">;
constexpr auto w1 = cf::parameter<"w1", 2>;
constexpr auto w2 = cf::parameter<"w2", 2>;
constexpr auto w3 = cf::parameter<"w3", 2>;
constexpr auto v = cf::parameter<"v", 3>;

constexpr auto hidden = stack(sigmoid(dot(w1, x)), sigmoid(dot(w2, x)), sigmoid(dot(w3, x)));
constexpr auto loss = square(sigmoid(dot(v, hidden)) - t);

int main() {
    const auto steps = cf::derivation(loss, x, w1, w2, w3, v);
    std::cout << steps(x = std::array{1.0, 0.5}, t = 1.0, w1 = std::array{0.25, -0.07}, w2 = std::array{0.32, 0.76},
                       w3 = std::array{-0.12, -0.12}, v = std::array{0.79, 0.38, -0.23});
    std::ofstream("neurons.svg") << to_svg(value_and_gradient(loss, x, w1, w2, w3, v));
}
