// SPDX-License-Identifier: BSL-1.0
// What the compiler found: the gradient as formulas, the way to it, a picture, and the program that computes it.
// draws: network.svg
#include <fstream>
#include <iostream>

#include <chainfold/show.hpp>

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 1>;
constexpr auto W1 = cf::parameter<"W1", 3, 2>;
constexpr auto b1 = cf::parameter<"b1", 3>;
constexpr auto W2 = cf::parameter<"W2", 1, 3>;
constexpr auto b2 = cf::parameter<"b2", 1>;
constexpr auto loss = squared_error(sigmoid(W2 * sigmoid(W1 * x + b1) + b2), t);

int main(int count, char** arguments) {
    std::cout << to_unicode(gradient(loss, W1, b1, W2, b2)) << "\n\n";
    std::cout << cf::derivation(loss, W1, b1, W2, b2) << '\n';

    const auto step = cf::compile<float>(value_and_gradient(loss, W1, b1, W2, b2));
    std::cout << explain(step) << '\n';

    const char* const file = count > 1 ? arguments[1] : "network.svg";
    std::ofstream(file) << to_svg(value_and_gradient(loss, W1, b1, W2, b2));
    std::cout << "The picture is in " << file << '\n';
}
