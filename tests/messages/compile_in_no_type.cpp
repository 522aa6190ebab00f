// EXPECT: compile<float>(...), compile<double>(...): say in which type
// OF: compile
// EACH: CALL=compile(h)
// EACH: CALL=compile(gradient(sum(h),W))
// EACH: CALL=compile(h,x)
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
auto f = cf::compile<float>(x + x);
#else
auto f = cf::CALL;
#endif
