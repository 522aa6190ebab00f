// EXPECT: an expression has no x[i] and no A(i, j)
// OF: element, row
// EACH: CALL=h[0]
// EACH: CALL=h(0)
// EACH: CALL=W(0,1)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = element<0>(h);
#else
constexpr auto y = CALL;
#endif
