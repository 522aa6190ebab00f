// EXPECT: v must be an input or a parameter
// OF: derivative
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = W * x;
#ifdef CORRECTED
constexpr auto d = derivative(squared_norm(tanh(h)), x);
#else
constexpr auto d = derivative(squared_norm(tanh(h)), h);
#endif

static_assert(cf::shape_of(d) == cf::shape<2>);

int main() {}
