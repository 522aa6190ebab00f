// EXPECT: the value must have as many numbers as the symbol
// EXPECT: "W"
// OF: program, binding
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto predict = cf::compile<double>(y);
    const double zero[3] = {};
#ifdef CORRECTED
    const double w[3][2] = {};
#else
    const double w[2][2] = {};
#endif
    const auto out = predict(x = std::array{1.0, 2.0}, W = w, b = zero);
    return out(0) > 0;
}
