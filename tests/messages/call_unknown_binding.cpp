// EXPECT: this symbol is bound in the call but does not occur in the expression: leave it out
// EXPECT: "t"
// OF: program
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto step = cf::compile<float>(value_and_gradient(squared_norm(y), W, b));
    const std::array<float, 6> w{};
    const std::array<float, 3> zero{};
#ifdef CORRECTED
    const auto r = step(x = std::array{1.0f, 2.0f}, W = w, b = zero);
#else
    const auto r = step(x = std::array{1.0f, 2.0f}, t = zero, W = w, b = zero);
#endif
    return r.value > 0 && r.gradient[W](0, 1) > 0;
}
