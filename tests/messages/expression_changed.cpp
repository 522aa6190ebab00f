// EXPECT: an expression does not change: write a new one
// OF: operator+, operator-, operator*, operator/
// EACH: CALL=y+=x
// EACH: CALL=y-=x
// EACH: CALL=y*=x
// EACH: CALL=y/=2_c
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

auto f() {
    auto y = h;
#ifdef CORRECTED
    return y + x;
#else
    return CALL;
#endif
}
