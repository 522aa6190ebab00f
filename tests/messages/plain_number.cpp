// EXPECT: a plain number cannot stand in an expression: give it the suffix _c
// EXPECT: plain_number<int>
// OF: operator*
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
#ifdef CORRECTED
constexpr auto f = square(2_c * s + 3_c);
#else
constexpr auto f = square(2 * s + 3_c);
#endif

static_assert(cf::evaluate(derivative(f, s), s = 2.0) == 28.0);
static_assert(cf::to_string(derivative(f, s)) == "4 * (2 * s + 3)");

int main() {}
