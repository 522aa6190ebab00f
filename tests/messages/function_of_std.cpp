// EXPECT: deleted function
// EXPECT: an expression is no number: exp(x), not std::exp(x); evaluate(f, x = ...)
// OF: exp, tanh, pow
// EACH: CALL=std::exp(h)
// EACH: CALL=W*std::tanh(h)
// EACH: CALL=std::pow(h,2)
// EACH: CALL=cf::hadamard(std::abs(h),h)
#include <chainfold/chainfold.hpp>
#include <cmath>
#include <type_traits>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));
static_assert(!std::is_convertible_v<decltype(h), double> && !std::is_constructible_v<double, decltype(h)>);

#ifdef CORRECTED
constexpr auto y = sum(W * exp(h));
#else
constexpr auto y = cf::sum(CALL);
#endif
constexpr auto slope = derivative(y, x);

int main() {}
