// EXPECT: the direction u must have the shape of its symbol v
// EXPECT: extents<2>
// EXPECT: extents<>
// OF: taylor
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto s = cf::input<"s">;
constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = taylor<3>(squared_norm(W * x), x, s * x);
#else
constexpr auto d = taylor<3>(squared_norm(W * x), x, s);
#endif

static_assert(cf::shape_of(d) == cf::shape<>);

int main() {}
