// EXPECT: the arguments of evaluate and of a program are bindings: symbol = value
// OF: evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x">;
constexpr auto y = cf::input<"y">;

#ifdef CORRECTED
static_assert(cf::evaluate(x - y, x = 3.0, y = 1.0) == 2.0);
#else
static_assert(cf::evaluate(x - y, x = 3.0, 1.0) == 2.0);
#endif

int main() {}
