// EXPECT: v must be an input or a parameter
// OF: vector_jacobian_product
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = vector_jacobian_product(W * x, x, u);
#else
constexpr auto d = vector_jacobian_product(W * x, 2_c * x, u);
#endif

static_assert(cf::shape_of(d) == cf::shape<2>);

int main() {}
