// EXPECT: this symbol is bound twice in one call
// EXPECT: "b"
// OF: program, scalar_binding
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto predict = cf::compile<float>(y);
    const std::array<float, 6> w{};
    const std::array<float, 3> zero{};
#ifdef CORRECTED
    const auto out = predict(x = std::array{1.0f, 2.0f}, W = w, b = zero);
#else
    const auto out = predict(b = zero, x = std::array{1.0f, 2.0f}, W = w, b = zero);
#endif
    return out(0) > out(1) || out.data()[2] > 0;
}
