// EXPECT: e must be a scalar or a vector of residuals
// EXPECT: extents<2, 2>
// OF: residuals
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto b = cf::parameter<"b", 2>;

int main() {
    const std::array<double, 2> sample{1, 2};
#ifdef CORRECTED
    const auto r = cf::residuals(hadamard(x, b), b, x = sample);
#else
    const auto r = cf::residuals(outer(x, b), b, x = sample);
#endif
    const double* parameters[] = {sample.data()};
    std::array<double, 4> found{};
    r.value(parameters, found.data());
    return found[0] > 0;
}
