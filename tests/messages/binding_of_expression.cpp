// EXPECT: symbol = value: only an input or a parameter can be bound
// OF: binding, evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x">;
constexpr auto h = 2_c * x;
constexpr auto y = square(h);

#ifdef CORRECTED
static_assert(cf::evaluate(y, x = 3.0) == 36.0);
#else
static_assert(cf::evaluate(y, h = 6.0) == 36.0);
#endif

int main() {}
