// EXPECT: outer(a, b): both arguments must be vectors
// EXPECT: extents<3, 2>
// OF: outer
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto A = cf::input<"A", 3, 2>;
constexpr auto v = cf::input<"v", 2>;
#ifdef CORRECTED
constexpr auto y = outer(A * v, v);
#else
constexpr auto y = outer(A, v);
#endif

static_assert(cf::shape_of(y + A) == cf::shape<3, 2>);

int main() {}
