// EXPECT: sum: both sides must have the same shape, or one must be a scalar
// EXPECT: extents<32>
// EXPECT: extents<16>
// OF: operator+
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 64>;
constexpr auto t = cf::input<"t", 32>;
constexpr auto W = cf::parameter<"W", 32, 64>;
constexpr auto b1 = cf::parameter<"b1", 16>;
constexpr auto b2 = cf::parameter<"b2", 32>;
#ifdef CORRECTED
constexpr auto y = sigmoid(W * x + b2);
#else
constexpr auto y = sigmoid(W * x + b1);
#endif
constexpr auto loss = squared_error(y, t);
constexpr auto g = gradient(loss, W, b2);

static_assert(cf::shape_of(y) == cf::shape<32>);

int main() {
    const double w[32][64] = {}, data[64] = {}, bias[32] = {}, target[32] = {};
    return cf::evaluate(loss, x = data, W = w, b2 = bias, t = target) < 0;
}
