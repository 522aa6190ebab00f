// SPDX-License-Identifier: BSL-1.0
// A layer, two losses, and their derivatives: every shape is a fact that the compiler knows, and so is every formula.
#include <cstdio>

#include <chainfold/chainfold.hpp>

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 4>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 4>;
constexpr auto b = cf::parameter<"b", 3>;

constexpr auto z = W * x + b;
constexpr auto y = tanh(z);
constexpr auto error = squared_error(y, t);
constexpr auto surprise = cross_entropy(z, t);
static_assert(shape_of(derivative(error, W)) == cf::shape<3, 4>);
static_assert(shape_of(derivative(y, x)) == cf::shape<3, 4>);  // the Jacobian
static_assert(to_string(derivative(surprise, b)) == "softmax(W * x + b) - t");

void print(const char* name, auto formula) {
    std::printf("  %-13s%-13s%s\n", name, to_string(shape_of(formula)).c_str(), to_string(formula).c_str());
}

int main() {
    print("y", y);
    print("dy/dx", derivative(y, x));
    print("error", error);
    print("derror/dW", derivative(error, W));
    print("surprise", surprise);
    print("dsurprise/db", derivative(surprise, b));
    print("dsurprise/dW", derivative(surprise, W));
}
