// EXPECT: a product along directions: name a symbol and its direction
// OF: vector_jacobian_product, taylor
// EACH: CALL=vector_jacobian_product(h,x)
// EACH: CALL=taylor<2>(h,x)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = vector_jacobian_product(h, x, x);
#else
constexpr auto y = CALL;
#endif
