// EXPECT: element, row or slice: the part asked for must lie inside the vector or matrix
// EXPECT: extents<2>
// OF: element
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 2>;
#ifdef CORRECTED
constexpr auto x0 = element<0>(x);
constexpr auto x1 = element<1>(x);
#else
constexpr auto x0 = element<1>(x);
constexpr auto x1 = element<2>(x);
#endif
constexpr auto rosenbrock = 100_c * square(x1 - square(x0)) + square(1_c - x0);

static_assert(cf::evaluate(rosenbrock, x = std::array{1.0, 1.0}) == 0.0);

int main() {}
