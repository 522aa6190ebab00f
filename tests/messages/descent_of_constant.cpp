// EXPECT: symbol = in_place(value): the value is constant; what is moved must be writable
// OF: gradient_descent, in_place, writable_numbers
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto step = cf::compile<float>(gradient_descent(squared_norm(y), W, b));
    std::vector<float> sample(2), c(3);
#ifdef CORRECTED
    std::vector<float> w(6);
#else
    const std::vector<float> w(6);
#endif
    const auto loss = step(x = sample, W = cf::in_place(w), b = cf::in_place(c), cf::learning_rate = 0.1f);
    return loss == 0;
}
