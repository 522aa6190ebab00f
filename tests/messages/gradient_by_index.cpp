// EXPECT: gradient[W]: the index is the symbol itself
// OF: gradient_view
// EACH: CALL=0
// EACH: CALL="W"
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

float f(const cf::gradient_view<float, std::remove_cvref_t<decltype(W)>>& gradient) {
#ifdef CORRECTED
    return gradient[W](0, 1);
#else
    return gradient[CALL];
#endif
}
