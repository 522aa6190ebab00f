// EXPECT: stack(a, b, ...): all arguments must be scalars, or vectors of the same length
// EXPECT: extents<3>
// EXPECT: extents<>
// OF: stack
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto u = cf::input<"u", 3>;
constexpr auto s = cf::input<"s">;
#ifdef CORRECTED
constexpr auto y = stack(element<0>(u), element<1>(u), element<2>(u), s);
#else
constexpr auto y = stack(u, s);
#endif

static_assert(cf::shape_of(softmax(y)) == cf::shape<4>);

int main() {}
