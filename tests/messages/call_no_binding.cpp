// EXPECT: the arguments of evaluate and of a program are bindings: symbol = value
// OF: program
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto predict = cf::compile<float>(y);
    const std::vector<float> w(6), zero(3), sample(2);
#ifdef CORRECTED
    const auto out = predict(x = sample, W = w, b = zero);
#else
    const auto out = predict(sample, w, zero);
#endif
    return out(0) > 0;
}
