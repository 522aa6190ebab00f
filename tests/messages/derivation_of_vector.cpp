// EXPECT: e must be a scalar; write sum(e) or a loss
// EXPECT: extents<3>
// OF: derivation
#include <chainfold/chainfold.hpp>
#include <chainfold/notation/derivation.hpp>
#include <iostream>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto y = tanh(W * x);

int main() {
#ifdef CORRECTED
    const auto steps = cf::derivation(sum(y), W);
#else
    const auto steps = cf::derivation(y, W);
#endif
    std::cout << to_string(steps) << to_html(steps);
}
