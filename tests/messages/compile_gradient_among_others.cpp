// EXPECT: compile<T>(...) takes one or several expressions, or one gradient(...) or value_and_gradient(...)
// OF: compile, gradient
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto w = cf::parameter<"w", 2>;
constexpr auto y = dot(w, x);

int main() {
#ifdef CORRECTED
    auto program = cf::compile<float>(y, derivative(square(y), w));
#else
    auto program = cf::compile<float>(y, gradient(square(y), w));
#endif
    const auto result = program(x = std::array{1.0f, 2.0f}, w = std::array{3.0f, 4.0f});
    (void)result;
}
