// EXPECT: expressions have no == and no !=
// OF: operator<
// EACH: CALL=(h==x)
// EACH: CALL=(h!=x)
// EACH: CALL=(h==2.0)
// EACH: CALL=(1_c!=h)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = select(x < h, x, h);
#else
constexpr auto y = CALL;
#endif
