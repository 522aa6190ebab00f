// SPDX-License-Identifier: BSL-1.0
// The compiler differentiates; the program only prints what it found.
#include <cstdio>

#include <chainfold/chainfold.hpp>

namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
constexpr auto f = square(2_c * s + 3_c);
static_assert(to_string(derivative(f, s)) == "4 * (2 * s + 3)");
static_assert(evaluate(derivative(f, s), s = 2.0) == 28.0);

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 1>;
constexpr auto W1 = cf::parameter<"W1", 3, 2>;
constexpr auto b1 = cf::parameter<"b1", 3>;
constexpr auto W2 = cf::parameter<"W2", 1, 3>;
constexpr auto b2 = cf::parameter<"b2", 1>;

constexpr auto h = sigmoid(W1 * x + b1);
constexpr auto y = sigmoid(W2 * h + b2);
constexpr auto loss = squared_error(y, t);
static_assert(shape_of(derivative(loss, W1)) == cf::shape<3, 2>);
static_assert(shape_of(derivative(y, x)) == cf::shape<1, 2>);

template <std::size_t... N>
void print(const char* name, auto formula, cf::extents<N...>) {
    std::printf("  %-10s", name);
    (std::printf(sizeof...(N) > 0 ? " %zu" : "", N), ...);
    std::printf("%*s%s\n", static_cast<int>(8 - 2 * sizeof...(N)), "", to_string(formula).c_str());
}

int main() {
    std::printf("d/ds %s  =  %s, at s = 2: %g\n\n", to_string(f).c_str(), to_string(derivative(f, s)).c_str(),
                evaluate(derivative(f, s), s = 2.0));
    std::printf("A network, its loss, and what the compiler derived (shapes proved by static_assert):\n");
    std::printf("  %-10s %-8s%s\n", "", "shape", "formula");
    print("y", y, shape_of(y));
    print("loss", loss, shape_of(loss));
    print("dloss/db2", derivative(loss, b2), shape_of(derivative(loss, b2)));
    print("dloss/dW2", derivative(loss, W2), shape_of(derivative(loss, W2)));
    print("dy/dx", derivative(y, x), shape_of(derivative(y, x)));
}
