// SPDX-License-Identifier: BSL-1.0
// A residual block, x + F(x): its derivative is one more than that of F, and the gradient has a way around F.
// draws: residual.svg
#include <fstream>
#include <iostream>

#include <chainfold/show.hpp>

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 8>;
constexpr auto t = cf::input<"t", 8>;
constexpr auto W = cf::parameter<"W", 8, 8>;
constexpr auto b = cf::parameter<"b", 8>;
constexpr auto F = sigmoid(W * x + b);
constexpr auto loss = squared_error(x + F, t);
constexpr auto g = cf::input<"g", 8>;  // ∂L/∂(output of the block)

int main() {
    std::cout << "Back through F(x):      " << to_unicode(vector_jacobian_product(F, x, g)) << '\n';
    std::cout << "Back through x + F(x):  " << to_unicode(vector_jacobian_product(x + F, x, g)) << "\n\n";
    std::cout << cf::derivation(loss, x, W, b);
    std::ofstream("residual.svg") << to_svg(value_and_gradient(loss, x, W, b));
}
