// EXPECT: f is a matrix; write taylor_coefficients<n>(flatten(f), x)
// EXPECT: extents<3, 2>
// OF: taylor_coefficients
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = taylor_coefficients<1>(flatten(s * W), s);
#else
constexpr auto d = taylor_coefficients<1>(s * W, s);
#endif

static_assert(cf::shape_of(d) == cf::shape<2, 6>);

int main() {}
