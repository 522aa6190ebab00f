// EXPECT: e must be a scalar; take element<i>(e) or sum(e)
// EXPECT: extents<3>
// OF: hessian_vector_product
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = hessian_vector_product(sum(W * x), x, x);
#else
constexpr auto d = hessian_vector_product(W * x, x, x);
#endif

static_assert(cf::shape_of(d) == cf::shape<2>);

int main() {}
