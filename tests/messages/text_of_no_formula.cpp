// EXPECT: to_string, to_unicode, to_latex, to_mathml: write an expression
// OF: to_string, to_unicode, to_latex, to_mathml
// EACH: CALL=to_string
// EACH: CALL=to_unicode
// EACH: CALL=to_latex
// EACH: CALL=to_mathml
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
const auto y = cf::to_string(x + x);
#else
const auto y = cf::CALL(2.0);
#endif
