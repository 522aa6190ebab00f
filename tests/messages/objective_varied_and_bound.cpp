// EXPECT: this symbol is bound twice
// EXPECT: "b"
// OF: objective
#include <chainfold/chainfold.hpp>
#include <array>
#include <vector>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);
constexpr auto loss = squared_error(y, t);

int main() {
    const std::array<double, 2> sample{1, 2};
    const std::array<double, 3> target{1, 2, 3};
#ifdef CORRECTED
    auto f = cf::objective(loss, W, b, x = sample, t = target);
#else
    auto f = cf::objective(loss, W, b, x = sample, t = target, b = target);
#endif
    std::vector<double> at(f.size()), gradient(f.size());
    return f.value_and_gradient(at, gradient) > f.value(at);
}
