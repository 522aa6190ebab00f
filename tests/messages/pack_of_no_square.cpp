// EXPECT: pack_lower(A): the argument must be a square matrix
// EXPECT: extents<3, 2>
// OF: pack_lower
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto l = pack_lower(W * transpose(W));
#else
constexpr auto l = pack_lower(W);
#endif

static_assert(cf::shape_of(derivative(squared_norm(l), W)) == cf::shape<3, 2>);

int main() {}
