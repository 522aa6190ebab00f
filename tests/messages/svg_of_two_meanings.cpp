// EXPECT: one name, two meanings
// OF: to_svg
#include <chainfold/show.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
#ifdef CORRECTED
constexpr auto y = cf::input<"y", 2>;
#else
constexpr auto y = cf::parameter<"x", 2>;
#endif
constexpr auto loss = dot(x, y);

int main() { return to_svg(value_and_gradient(loss, x)).size() == 0; }
