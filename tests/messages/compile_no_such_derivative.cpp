// EXPECT: gradient[symbol]: name this symbol in gradient(...) or value_and_gradient(...) too
// EXPECT: "b"
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x">;
constexpr auto w = cf::parameter<"w">;
constexpr auto b = cf::parameter<"b", 2>;
constexpr auto loss = squared_norm(w * x + b);

int main() {
#ifdef CORRECTED
    auto step = cf::compile<float>(value_and_gradient(loss, w, b));
#else
    auto step = cf::compile<float>(value_and_gradient(loss, w));
#endif
    const auto r = step(x = 1.0f, w = 2.0f, b = std::array{0.0f, 1.0f});
    return r.value > 100 || r.gradient[w] > 100 || r.gradient[b](1) > 100;
}
