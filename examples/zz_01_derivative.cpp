// SPDX-License-Identifier: BSL-1.0
// The compiler differentiates; the program only prints what it found.
#include <cstdio>

#include <chainfold/chainfold.hpp>

namespace cf = chainfold;


constexpr auto s = cf::input<"s">;
constexpr auto f = square(2_c * s + 3_c);
static_assert(to_string(derivative(f, s)) == "4 * (2 * s + 3)");
static_assert(evaluate(derivative(f, s), s = 2.0) == 28.0);

constexpr auto x = cf::input<"x", 4>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 4>;
constexpr auto b = cf::parameter<"b", 3>;

constexpr auto y = tanh(W * x + b);
constexpr auto error = squared_error(y, t);
constexpr auto surprise = cross_entropy(W * x + b, t);
static_assert(shape_of(derivative(error, W)) == cf::shape<3, 4>);
static_assert(shape_of(derivative(y, x)) == cf::shape<3, 4>);  // the Jacobian
static_assert(to_string(derivative(surprise, b)) == "softmax(W * x + b) - t");

template <std::size_t... N>
void print(const char* name, auto formula, cf::extents<N...>) {
    std::printf("  %-14s", name);
    (std::printf(sizeof...(N) > 0 ? " %zu" : "", N), ...);
    std::printf("%*s%s\n", static_cast<int>(8 - 2 * sizeof...(N)), "", to_string(formula).c_str());
}

int main() {
    std::printf("d/ds %s  =  %s, at s = 2: %g\n\n", to_string(f).c_str(), to_string(derivative(f, s)).c_str(),
                evaluate(derivative(f, s), s = 2.0));
    std::printf("A layer, two losses, and what the compiler derived (shapes proved by static_assert):\n\n");
    std::printf("  %-14s %-8s%s\n", "", "shape", "formula");
    print("y", y, shape_of(y));
    print("dy/dx", derivative(y, x), shape_of(derivative(y, x)));
    print("error", error, shape_of(error));
    print("derror/dW", derivative(error, W), shape_of(derivative(error, W)));
    print("surprise", surprise, shape_of(surprise));
    print("dsurprise/db", derivative(surprise, b), shape_of(derivative(surprise, b)));
    print("dsurprise/dW", derivative(surprise, W), shape_of(derivative(surprise, W)));
}
