// EXPECT: unpack_lower(l): the argument must be a vector of n (n - 1) / 2 entries
// EXPECT: extents<4>
// OF: unpack_lower
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 4>;
#ifdef CORRECTED
constexpr auto l = cf::parameter<"l", 6>;
#else
constexpr auto l = cf::parameter<"l", 4>;
#endif
constexpr auto y = unpack_lower(l) * x;

static_assert(cf::shape_of(derivative(squared_norm(y), l)) == cf::shape<6>);

int main() {}
