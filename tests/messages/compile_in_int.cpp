// EXPECT: compile<T>(...): T must be float, double or long double
// OF: compile
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
    auto predict = cf::compile<float>(y);
#else
    auto predict = cf::compile<int>(y);
#endif
    const auto out = predict(x = sample, W = w, b = zero);
    return out(0) > 0;
}
