// EXPECT: one name, two meanings
// OF: same
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto f = squared_norm(x);
#ifdef CORRECTED
static_assert(same(f, dot(x, x)));
#else
static_assert(same(f, squared_norm(cf::input<"x", 3>)));
#endif

int main() {}
