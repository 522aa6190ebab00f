// EXPECT: to_svg and to_dot draw an expression
// EXPECT: can_be_drawn<
// OF: to_dot
#include <chainfold/show.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = tanh(W * x);
constexpr auto loss = squared_norm(h);

int main() {
#ifdef CORRECTED
    const auto picture = cf::to_dot(loss);
#else
    const auto picture = cf::to_dot(2);
#endif
    return picture.size() == 0;
}
