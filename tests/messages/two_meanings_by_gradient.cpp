// EXPECT: one name, two meanings: a name must have one shape, and be either an input or a parameter
// EXPECT: "w"
// OF: gradient, compile
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x">;
constexpr auto w = cf::parameter<"w">;
#ifdef CORRECTED
constexpr auto v = cf::parameter<"w">;
#else
constexpr auto v = cf::parameter<"w", 1>;
#endif
constexpr auto g = gradient(square(w * x), v);

static_assert(cf::evaluate(g, x = 1.0, w = 2.0).gradient[v] == 8.0 / 2.0);

int main() {}
