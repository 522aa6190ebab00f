// EXPECT: concat(a, b, ...): the arguments must be vectors or scalars
// EXPECT: extents<2, 3>
// OF: concat
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto A = cf::input<"A", 2, 3>;
#ifdef CORRECTED
constexpr auto all = concat(x, flatten(A));
#else
constexpr auto all = concat(x, A);
#endif
static_assert(cf::shape_of(all) == cf::shape<8>);

int main() {}
