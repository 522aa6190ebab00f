// EXPECT: this symbol is bound twice in one call
// EXPECT: "x"
// OF: evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x">;
constexpr auto y = cf::input<"y">;

#ifdef CORRECTED
static_assert(cf::evaluate(x * y, x = 2.0, y = 3.0) == 6.0);
#else
static_assert(cf::evaluate(x * y, x = 2.0, x = 3.0) == 6.0);
#endif

int main() {}
