// EXPECT: values cannot stand in an expression: write an input and bind them
// OF: absolute_error, binary_cross_entropy, cross_entropy, hinge, huber, kl_divergence, mean_absolute_error, mean_squared_error, negative_log_likelihood, squared_error
// EACH: CALL=absolute_error
// EACH: CALL=binary_cross_entropy
// EACH: CALL=cross_entropy
// EACH: CALL=hinge
// EACH: CALL=huber
// EACH: CALL=kl_divergence
// EACH: CALL=mean_absolute_error
// EACH: CALL=mean_squared_error
// EACH: CALL=negative_log_likelihood
// EACH: CALL=squared_error
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

auto f(const std::vector<float>& v) {
#ifdef CORRECTED
    (void)v;
    return squared_error(h, x);
#else
    return cf::CALL(v, v);
#endif
}
