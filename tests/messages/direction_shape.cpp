// EXPECT: the direction u must have the shape of its symbol v
// EXPECT: extents<2>
// EXPECT: extents<3>
// OF: jacobian_vector_product
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = jacobian_vector_product(W * x, x, transpose(W) * u);
#else
constexpr auto d = jacobian_vector_product(W * x, x, u);
#endif

static_assert(cf::shape_of(d) == cf::shape<3>);

int main() {}
