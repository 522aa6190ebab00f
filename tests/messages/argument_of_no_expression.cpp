// EXPECT: the first argument must be an expression
// OF: derivative, gradient, value_and_gradient, gradient_descent, jacobian, hessian, jacobian_vector_product, vector_jacobian_product, hessian_vector_product, taylor, taylor_coefficients, evaluate, check_gradient, self_test
// EACH: CALL=derivative(2.0,x)
// EACH: CALL=gradient(2.0,x)
// EACH: CALL=value_and_gradient(2.0,x)
// EACH: CALL=gradient_descent(2.0,x)
// EACH: CALL=jacobian(2.0,x)
// EACH: CALL=hessian(2.0,x)
// EACH: CALL=jacobian_vector_product(2.0,x,x)
// EACH: CALL=vector_jacobian_product(2.0,x,x)
// EACH: CALL=hessian_vector_product(2.0,x,x)
// EACH: CALL=taylor<2>(2.0,x,x)
// EACH: CALL=taylor_coefficients<2>(2.0,x,x)
// EACH: CALL=evaluate(2.0)
// EACH: CALL=check_gradient(2.0)
// EACH: CALL=check_gradient(2.0,{.samples=2})
// EACH: CALL=self_test(2.0)
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
const auto y = cf::CALL;
#endif
