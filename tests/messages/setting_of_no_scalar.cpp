// EXPECT: the number that a function takes beside its arguments must be a scalar
// OF: leaky_relu, elu, layer_norm, rms_norm, huber, cross_entropy
// EACH: CALL=leaky_relu(h,x)
// EACH: CALL=elu(h,x)
// EACH: CALL=layer_norm(h,x)
// EACH: CALL=rms_norm(h,x)
// EACH: CALL=huber(h,x,x)
// EACH: CALL=cross_entropy(h,x,x)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = leaky_relu(h, 0.1_c);
#else
constexpr auto y = CALL;
#endif
