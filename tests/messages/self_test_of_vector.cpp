// EXPECT: gradient(e, ...): e must be a scalar
// OF: self_test
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

constexpr double sample[3]{}, w[3][3]{};
#ifdef CORRECTED
const bool y = cf::self_test(squared_norm(W * x), x = sample, W = w);
#else
const bool y = cf::self_test(h, x = sample, W = w);
#endif
