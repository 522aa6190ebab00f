// EXPECT: e must be a scalar
// EXPECT: extents<3>
// OF: check_gradient
#include <chainfold/chainfold.hpp>
#include <iostream>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    const std::vector<double> w(6), zero(3), sample(2);
#ifdef CORRECTED
    const auto report = cf::check_gradient(squared_norm(y), x = sample, W = w, b = zero);
#else
    const auto report = cf::check_gradient(y, x = sample, W = w, b = zero);
#endif
    std::cout << report;
    return report.passed() ? 0 : 1;
}
