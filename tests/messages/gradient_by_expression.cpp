// EXPECT: v must be an input or a parameter
// OF: value_and_gradient
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = W * x;
#ifdef CORRECTED
constexpr auto g = value_and_gradient(squared_norm(tanh(h)), W, x);
#else
constexpr auto g = value_and_gradient(squared_norm(tanh(h)), W, h);
#endif

int main() {
    const double w[3][2] = {};
    return cf::evaluate(g, x = std::array{1.0, 2.0}, W = w).value != 0;
}
