// EXPECT: a plain number cannot stand in an expression
// OF: vector_jacobian_product
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 2>;
#ifdef CORRECTED
constexpr auto d = vector_jacobian_product(sum(x), x, 2_c);
#else
constexpr auto d = vector_jacobian_product(sum(x), x, 2.0);
#endif

static_assert(cf::shape_of(d) == cf::shape<2>);

int main() {}
