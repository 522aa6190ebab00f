// EXPECT: one name, two meanings: a name must have one shape, and be either an input or a parameter
// EXPECT: "W"
// EXPECT: extents<3, 2>
// EXPECT: extents<3, 3>
// OF: to_string
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto first = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto second = cf::parameter<"V", 3, 3>;
#else
constexpr auto second = cf::parameter<"W", 3, 3>;
#endif
constexpr auto y = tanh(second * tanh(first * x));

#ifdef CORRECTED
static_assert(cf::to_string(y) == "tanh(V * tanh(W * x))");
#else
static_assert(cf::to_string(y) == "tanh(W * tanh(W * x))");
#endif

int main() {}
