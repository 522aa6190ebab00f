#include <chainfold/chainfold.hpp>

namespace cf = chainfold;
using namespace chainfold::literals;

inline constexpr auto x = cf::input<"x">;
static_assert(cf::evaluate(derivative(square(2_c * x + 3_c), x), x = 2.0) == 28.0);
static_assert(cf::nn::sequential<float, cf::nn::linear<2, 1>>::parameter_count == 3);  // Hana is found

int main() {}
