// EXPECT: no batch(...): make one function for each sample
// EXPECT: "x"
// OF: residuals
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto b = cf::parameter<"b", 2>;

int main() {
    const std::array<double, 2> sample{1, 2};
#ifdef CORRECTED
    const auto r = cf::residuals(b - x, b, x = sample);
#else
    const auto r = cf::residuals(b - x, b, x = cf::batch(sample));
#endif
    const double* parameters[] = {sample.data()};
    std::array<double, 2> found{};
    r.value(parameters, found.data());
    r.evaluate(parameters, found.data(), nullptr);
    return found[0] > 0;
}
