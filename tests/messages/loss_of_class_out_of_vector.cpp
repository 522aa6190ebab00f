// EXPECT: loss: the prediction and the target must have the same shape
// OF: squared_error
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto y = cf::input<"y", 10>;
constexpr auto k = cf::input<"k">;
#ifdef CORRECTED
constexpr auto loss = cross_entropy(y, k);
#else
constexpr auto loss = squared_error(y, k);
#endif
static_assert(cf::shape_of(loss) == cf::shape<>);

int main() {}
