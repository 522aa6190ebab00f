// EXPECT: element, row or slice: the part asked for must lie inside the vector or matrix
// EXPECT: extents<2, 3>
// OF: row
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto A = cf::input<"A", 2, 3>;
#ifdef CORRECTED
constexpr auto r = row<1>(A);
#else
constexpr auto r = row<2>(A);
#endif

static_assert(cf::shape_of(softmax(r)) == cf::shape<3>);

int main() {}
