// EXPECT: dot(a, b): both arguments must be vectors, or matrices, of the same shape
// EXPECT: extents<3>
// EXPECT: extents<2>
// OF: dot
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto u = cf::input<"u", 3>;
constexpr auto v = cf::input<"v", 2>;
#ifdef CORRECTED
constexpr auto d = dot(slice<0, 2>(u), v);
#else
constexpr auto d = dot(u, v);
#endif


static_assert(cf::shape_of(derivative(d, u)) == cf::shape<3>);

int main() {}
