// EXPECT: the argument must be a square matrix
// EXPECT: extents<3, 2>
// OF: symmetric
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = symmetric(transpose(W) * W);
#else
constexpr auto d = symmetric(W);
#endif

static_assert(cf::shape_of(d) == cf::shape<2, 2>);

int main() {}
