// EXPECT: transpose(A): the argument must be a matrix
// EXPECT: extents<2>
// OF: transpose
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto A = cf::input<"A", 2, 2>;
constexpr auto v = cf::input<"v", 2>;
#ifdef CORRECTED
constexpr auto energy = dot(v, A * v);
#else
constexpr auto energy = transpose(v) * A * v;
#endif

static_assert(cf::shape_of(derivative(derivative(energy, v), v)) == cf::shape<2, 2>);

int main() {}
