// EXPECT: a number with the suffix _c must be decimal, with at most 18 significant digits: 2_c, 0.5_c, 1e-3_c
// OF: literals::operator""_c
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
#ifdef CORRECTED
constexpr auto f = sin(16_c * s);
#else
constexpr auto f = sin(0x10_c * s);
#endif

static_assert(cf::evaluate(f, s = 0.0) == 0.0);

int main() {}
