// EXPECT: loss: the prediction and the target must have the same shape
// EXPECT: extents<10>
// EXPECT: extents<9>
// OF: cross_entropy, nn::cross_entropy
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 64>;
constexpr auto W = cf::parameter<"W", 10, 64>;
#ifdef CORRECTED
constexpr auto t = cf::input<"t", 10>;
#else
constexpr auto t = cf::input<"t", 9>;
#endif
constexpr auto loss = cross_entropy(W * x, t);

static_assert(cf::shape_of(loss) == cf::shape<>);
static_assert(cf::shape_of(derivative(loss, W)) == cf::shape<10, 64>);

int main() {}
