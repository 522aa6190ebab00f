// EXPECT: a plain number cannot stand in an expression: give it the suffix _c, as in 2_c or 0.5_c
// EXPECT: plain_number<double>
// OF: leaky_relu
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 2>;
#ifdef CORRECTED
constexpr auto y = leaky_relu(x, 0.2_c);
#else
constexpr auto y = leaky_relu(x, 0.2);
#endif

static_assert(cf::shape_of(derivative(y, x)) == cf::shape<2, 2>);

int main() {}
