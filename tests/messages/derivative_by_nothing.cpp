// EXPECT: name the input or parameter v
// OF: derivative, jacobian, hessian, gradient_descent
// EACH: CALL=derivative
// EACH: CALL=jacobian
// EACH: CALL=hessian
// EACH: CALL=gradient_descent
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
constexpr auto y = derivative(sum(h), x);
#else
constexpr auto y = CALL(sum(h));
#endif
