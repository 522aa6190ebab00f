// EXPECT: x is no scalar; name a direction
// EXPECT: extents<2>
// OF: taylor_coefficients
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = taylor_coefficients<3>(squared_norm(W * x), x, x);
#else
constexpr auto d = taylor_coefficients<3>(squared_norm(W * x), x);
#endif

static_assert(cf::shape_of(d) == cf::shape<4>);

int main() {}
