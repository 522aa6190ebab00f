// EXPECT: pow(x, n): write pow<n>(x) with an integer n, or exp(n * log(x))
// EXPECT: <int>
// OF: pow
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x">;
#ifdef CORRECTED
constexpr auto cube = pow<3>(x);
#else
constexpr auto cube = pow(x, 3);
#endif

static_assert(cf::evaluate(derivative(cube, x), x = 2.0) == 12.0);

int main() {}
