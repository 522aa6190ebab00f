// EXPECT: to_svg and to_dot draw an expression
// EXPECT: can_be_drawn<
// OF: to_svg
#include <chainfold/show.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = tanh(W * x);
constexpr auto loss = squared_norm(h);

int main() {
#ifdef CORRECTED
    const auto picture = to_svg(gradient(loss, W));
#else
    const auto picture = to_svg(cf::compile<float>(gradient(loss, W)));
#endif
    return picture.size() == 0;
}
