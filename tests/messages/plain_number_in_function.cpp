// EXPECT: a plain number cannot stand in an expression: give it the suffix _c
// EXPECT: plain_number<int>
// OF: maximum
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 4>;
#ifdef CORRECTED
constexpr auto hinge = sum(maximum(x, 0_c));
#else
constexpr auto hinge = sum(maximum(x, 0));
#endif

static_assert(cf::to_string(hinge) == "sum(maximum(x, 0))");

int main() {}
