// EXPECT: compile<T>(...) takes one or several expressions
// OF: compile
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
#ifdef CORRECTED
    auto predict = cf::compile<float>(y);
#else
    auto predict = cf::compile<float>(3.0);
#endif
    (void)predict;
}
