#include <chainfold/chainfold.hpp>

namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x">;
static_assert(cf::evaluate(derivative(square(2_c * x + 3_c), x), x = 2.0) == 28.0);

int main() {}
