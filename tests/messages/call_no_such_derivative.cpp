// EXPECT: gradient[symbol]: the program was not asked for the derivative by this symbol
// EXPECT: "b"
// OF: value_and_gradient, gradient_view
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    const std::vector<float> w(6), zero(3), sample(2);
#ifdef CORRECTED
    auto step = cf::compile<float>(value_and_gradient(squared_norm(y), W, b));
#else
    auto step = cf::compile<float>(value_and_gradient(squared_norm(y), W));
#endif
    const auto r = step(x = sample, W = w, b = zero);
    return r.gradient[W](2, 1) > 0 && r.gradient[b](0) > 0;
}
