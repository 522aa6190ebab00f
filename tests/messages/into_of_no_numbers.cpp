// EXPECT: into(out): the output must be an array, span or vector
// OF: into, output_span
// EACH: CALL=into(h)
// EACH: CALL=into(2.0)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

float v[3];
#ifdef CORRECTED
const auto y = cf::into(v);
#else
const auto y = cf::CALL;
#endif
