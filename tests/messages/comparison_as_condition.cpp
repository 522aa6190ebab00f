// EXPECT: write select(a < b, x, y) instead of if
// OF: select, operator<, operator<=, operator>, operator>=
// EACH: CALL=h>x
// EACH: CALL=h<=x
// EACH: CALL=!h
// EACH: CALL=bool(h<x)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

auto f() {
#ifdef CORRECTED
    return select(h > x, h, x);
#else
    return CALL ? h : h;
#endif
}
