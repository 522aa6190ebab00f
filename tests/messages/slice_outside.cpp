// EXPECT: element, row or slice: the part asked for must lie inside the vector or matrix
// EXPECT: extents<5>
// OF: slice
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 5>;
#ifdef CORRECTED
constexpr auto tail = slice<2, 3>(x);
#else
constexpr auto tail = slice<3, 5>(x);
#endif

static_assert(cf::shape_of(tanh(tail)) == cf::shape<3>);

int main() {}
