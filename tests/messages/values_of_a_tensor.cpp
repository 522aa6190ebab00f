// EXPECT: the functions take expressions, not values
// OF: operator+, operator-, operator*, operator/
// EACH: CALL=w+w
// EACH: CALL=w-w
// EACH: CALL=w*w
// EACH: CALL=w/w
// EACH: CALL=-w
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
const auto y = h + x;
#else
const cf::tensor<float, 3> w;
const auto y = CALL;
#endif
