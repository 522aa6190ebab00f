// EXPECT: name a symbol and its direction
// OF: jacobian_vector_product
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = jacobian_vector_product(W * x, x, x, W, W);
#else
constexpr auto d = jacobian_vector_product(W * x, x, x, W);
#endif

static_assert(cf::shape_of(d) == cf::shape<3>);

int main() {}
