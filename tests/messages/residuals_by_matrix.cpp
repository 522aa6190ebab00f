// EXPECT: derivative(e, v) has more than two axes
// EXPECT: extents<3, 2>
// OF: residuals
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;

int main() {
    const std::array<double, 2> sample{1, 2};
    const std::array<double, 6> weights{};
#ifdef CORRECTED
    const auto r = cf::residuals(squared_norm(W * x), W, x = sample);
#else
    const auto r = cf::residuals(W * x, W, x = sample);
#endif
    const double* parameters[] = {weights.data()};
    std::array<double, 3> found{};
    r.value(parameters, found.data());
    return found[0] > 0;
}
