// EXPECT: the program computes in another type than the bound numbers have
// EXPECT: "x"
// OF: program, binding
#include <chainfold/chainfold.hpp>
#include <array>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto step = cf::compile<float>(value_and_gradient(cf::squared_error(y, t), W, b));
    const std::vector<float> w(6), zero(3);
#ifdef CORRECTED
    const std::array<float, 2> sample{1, 2};
#else
    const std::array<double, 2> sample{1, 2};
#endif
    const auto r = step(x = sample, t = zero, W = w, b = zero);
    return r.value > 0 && r.gradient[W](0, 1) > 0;
}
