// EXPECT: broadcast<n>(s), broadcast<m, n>(s): s must be a scalar
// OF: broadcast
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = broadcast<4>(sum(h));
#else
constexpr auto y = broadcast<4>(h);
#endif
