// EXPECT: the order of a Taylor polynomial is a template argument
// OF: taylor, taylor_coefficients
// EACH: CALL=taylor(h,x,x,2)
// EACH: CALL=taylor_coefficients(h,x,2)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = taylor<2>(x, x, x);
#else
constexpr auto y = CALL;
#endif
