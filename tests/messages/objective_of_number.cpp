// EXPECT: objective, residuals: the first argument must be an expression
// OF: objective
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto b = cf::parameter<"b", 2>;

int main() {
    const std::array<double, 2> sample{1, 2};
#ifdef CORRECTED
    auto f = cf::objective(dot(x, b), b, x = sample);
#else
    auto f = cf::objective(value_and_gradient(dot(x, b), b), b, x = sample);
#endif
    return f.value(sample) > 0;
}
