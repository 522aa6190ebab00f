// EXPECT: pow(x, n): write pow<n>(x) with an integer n
// OF: pow
// EACH: CALL=(h^2)
// EACH: CALL=pow<2.0>(h)
// EACH: CALL=pow<2_c>(h)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = pow<2>(h);
#else
constexpr auto y = CALL;
#endif
