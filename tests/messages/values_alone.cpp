// EXPECT: the functions take expressions, not values
// OF: abs, cos, elu, erf, erfc, exp, expm1, flatten, gelu, gelu_tanh, layer_norm, leaky_relu, log, log1p, log_softmax, log_sum_exp, mean, mish, normal_cdf, pack_lower, reciprocal, relu, rms_norm, shape_of, sigmoid, sign, silu, sin, softmax, softplus, sqrt, square, squared_norm, sum, symmetric, tanh, transpose, unpack_lower, pow, broadcast, element, one_hot, reshape, row, concat, dot, hadamard, maximum, minimum, outer, stack
// EACH: CALL=abs(v)
// EACH: CALL=cos(v)
// EACH: CALL=elu(v)
// EACH: CALL=erf(v)
// EACH: CALL=erfc(v)
// EACH: CALL=exp(v)
// EACH: CALL=expm1(v)
// EACH: CALL=flatten(v)
// EACH: CALL=gelu(v)
// EACH: CALL=gelu_tanh(v)
// EACH: CALL=layer_norm(v)
// EACH: CALL=leaky_relu(v)
// EACH: CALL=log(v)
// EACH: CALL=log1p(v)
// EACH: CALL=log_softmax(v)
// EACH: CALL=log_sum_exp(v)
// EACH: CALL=mean(v)
// EACH: CALL=mish(v)
// EACH: CALL=normal_cdf(v)
// EACH: CALL=pack_lower(v)
// EACH: CALL=reciprocal(v)
// EACH: CALL=relu(v)
// EACH: CALL=rms_norm(v)
// EACH: CALL=shape_of(v)
// EACH: CALL=sigmoid(v)
// EACH: CALL=sign(v)
// EACH: CALL=silu(v)
// EACH: CALL=sin(v)
// EACH: CALL=softmax(v)
// EACH: CALL=softplus(v)
// EACH: CALL=sqrt(v)
// EACH: CALL=square(v)
// EACH: CALL=squared_norm(v)
// EACH: CALL=sum(v)
// EACH: CALL=symmetric(v)
// EACH: CALL=tanh(v)
// EACH: CALL=transpose(v)
// EACH: CALL=unpack_lower(v)
// EACH: CALL=pow<2>(v)
// EACH: CALL=broadcast<3>(0.5)
// EACH: CALL=element<0>(v)
// EACH: CALL=one_hot<3>(1)
// EACH: CALL=reshape<3,1>(v)
// EACH: CALL=row<0>(v)
// EACH: CALL=concat(v,v)
// EACH: CALL=dot(v,v)
// EACH: CALL=hadamard(v,v)
// EACH: CALL=maximum(v,v)
// EACH: CALL=minimum(v,v)
// EACH: CALL=outer(v,v)
// EACH: CALL=stack(v,v)
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
    return cf::sum(tanh(h));
#else
    return cf::CALL;
#endif
}
