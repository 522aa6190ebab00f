// EXPECT: a position is a template argument
// OF: element, row, slice
// EACH: CALL=element(h,0)
// EACH: CALL=element(h)
// EACH: CALL=row(W,1)
// EACH: CALL=slice(h,0,2)
// EACH: CALL=slice<1>(h)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = element<0>(h) + sum(row<1>(W)) + sum(slice<0, 2>(h));
#else
constexpr auto y = CALL;
#endif
