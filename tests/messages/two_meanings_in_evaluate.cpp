// EXPECT: one name, two meanings: a name must have one shape, and be either an input or a parameter
// EXPECT: "b"
// OF: evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x">;
constexpr auto b = cf::parameter<"b">;
#ifdef CORRECTED
constexpr auto c = cf::parameter<"c", 2>;
#else
constexpr auto c = cf::parameter<"b", 2>;
#endif
constexpr auto loss = squared_norm(x * c + b);

int main() {
    const auto r = cf::evaluate(value_and_gradient(loss, b, c), x = 2.0, b = 0.5, c = std::array{1.0, 2.0});
    return r.value < 0 || r.gradient[b] < 0;
}
