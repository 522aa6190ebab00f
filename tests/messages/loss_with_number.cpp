// EXPECT: a plain number cannot stand in an expression
// OF: squared_error
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x">;
constexpr auto w = cf::parameter<"w">;
#ifdef CORRECTED
constexpr auto loss = squared_error(sigmoid(w * x), 1_c);
#else
constexpr auto loss = squared_error(sigmoid(w * x), 1);
#endif

static_assert(cf::evaluate(loss, x = 0.0, w = 1.0) == 0.25);

int main() {}
