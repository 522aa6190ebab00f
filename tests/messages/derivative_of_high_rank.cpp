// EXPECT: derivative(e, v) has more than two axes
// EXPECT: extents<2, 3>
// EXPECT: extents<4, 3>
// OF: derivative
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto A = cf::parameter<"A", 2, 4>;
constexpr auto B = cf::parameter<"B", 4, 3>;
#ifdef CORRECTED
constexpr auto d = jacobian(flatten(A * B), B);
#else
constexpr auto d = derivative(A * B, B);
#endif

static_assert(cf::shape_of(d) == cf::shape<6, 12>);

int main() {}
