// EXPECT: one_hot<n>(k): k must be a scalar, the number of a class
// OF: one_hot
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

#ifdef CORRECTED
constexpr auto k = cf::input<"k">;
#else
constexpr auto k = cf::input<"k", 3>;
#endif
constexpr auto y = cf::one_hot<4>(k);
static_assert(cf::shape_of(y) == cf::shape<4>);

int main() {}
