// EXPECT: a binding is missing: give this symbol a value in the call
// EXPECT: "W"
// OF: derivation
#include <chainfold/chainfold.hpp>
#include <chainfold/notation/derivation.hpp>
#include <array>
#include <iostream>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;

int main() {
    const auto steps = cf::derivation(squared_norm(W * x), W);
    const std::array<double, 6> w{};
#ifdef CORRECTED
    std::cout << steps(x = std::array{1.0, 2.0}, W = w);
#else
    std::cout << steps(x = std::array{1.0, 2.0});
#endif
    return static_cast<int>(w[0]);
}
