// EXPECT: the new shape must have as many entries as x
// EXPECT: extents<3, 2>
// EXPECT: extents<2, 4>
// OF: reshape
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = reshape<2, 3>(W);
#else
constexpr auto d = reshape<2, 4>(W);
#endif

static_assert(cf::shape_of(d) == cf::shape<2, 3>);

int main() {}
