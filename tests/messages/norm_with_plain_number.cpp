// EXPECT: a plain number cannot stand in an expression: give it the suffix _c, as in 2_c or 0.5_c
// OF: rms_norm, layer_norm
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
#ifdef CORRECTED
constexpr auto y = rms_norm(x, 1e-6_c);
#else
constexpr auto y = rms_norm(x, 1e-6);
#endif
static_assert(cf::shape_of(y) == cf::shape<3>);

int main() {}
