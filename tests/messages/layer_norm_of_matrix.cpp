// EXPECT: layer_norm and rms_norm: the argument must be a vector
// EXPECT: extents<2, 3>
// OF: layer_norm
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto A = cf::input<"A", 2, 3>;
#ifdef CORRECTED
constexpr auto y = layer_norm(flatten(A));
#else
constexpr auto y = layer_norm(A);
#endif
static_assert(cf::shape_of(sum(y)) == cf::shape<>);

int main() {}
