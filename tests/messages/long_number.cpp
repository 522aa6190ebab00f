// EXPECT: a number with the suffix _c must be decimal, with at most 18 significant digits: 2_c, 0.5_c, 1e-3_c
// OF: literals::operator""_c
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto r = cf::input<"r">;
#ifdef CORRECTED
constexpr auto area = 3.14159265358979324_c * square(r);
#else
constexpr auto area = 3.1415926535897932384626_c * square(r);
#endif

static_assert(cf::evaluate(derivative(area, r), r = 0.0) == 0.0);

int main() {}
