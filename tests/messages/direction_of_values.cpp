// EXPECT: values cannot stand in an expression
// OF: hessian_vector_product
#include <array>

#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = hessian_vector_product(squared_norm(W * x), x, stack(1_c, 2_c));
#else
constexpr auto d = hessian_vector_product(squared_norm(W * x), x, std::array{1.0, 2.0});
#endif

static_assert(cf::shape_of(d) == cf::shape<2>);

int main() {}
