// A second file of the program, with the same expression.
#include <chainfold/chainfold.hpp>

namespace cf = chainfold;
using namespace chainfold::literals;

inline constexpr auto x = cf::input<"x">;

static_assert(same(derivative(square(x), x), 2_c * x));
