// EXPECT: input, parameter: a name is needed, and at most two extents
// OF: input, parameter
// EACH: CALL=input<"y",0>
// EACH: CALL=input<"y",2,3,4>
// EACH: CALL=input<"">
// EACH: CALL=parameter<"y",0,3>
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = cf::input<"y", 2>;
#else
constexpr auto y = cf::CALL;
#endif
