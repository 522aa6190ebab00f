// EXPECT: in_place(w): w must be a float, a double, or an array
// OF: in_place, writable_numbers
// EACH: CALL=in_place(h)
// EACH: CALL=in_place(2.0)
// EACH: CALL=in_place(1)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

float v[3];
#ifdef CORRECTED
const auto y = cf::in_place(v);
#else
const auto y = cf::CALL;
#endif
