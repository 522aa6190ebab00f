// EXPECT: in_place(...) is for the symbols that gradient_descent moves, and for all of them
// OF: gradient_descent, in_place, writable_binding
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto step = cf::compile<float>(gradient_descent(squared_norm(y), W, b));
    std::vector<float> sample(2), w(6), c(3);
#ifdef CORRECTED
    const auto loss = step(x = sample, W = cf::in_place(w), b = cf::in_place(c), cf::learning_rate = 0.1f);
#else
    const auto loss = step(x = sample, W = w, b = cf::in_place(c), cf::learning_rate = 0.1f);
#endif
    return loss == 0;
}
