// EXPECT: evaluate(e, x = ...) computes in the type of the bound numbers
// OF: evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
const auto y = cf::evaluate(sum(x), x = {1.0f, 2.0f, 3.0f});
#else
const auto y = cf::evaluate<float>(sum(x), x = {1.0f, 2.0f, 3.0f});
#endif
