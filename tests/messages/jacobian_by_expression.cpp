// EXPECT: v must be an input or a parameter
// OF: jacobian
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = jacobian(tanh(W * x), x);
#else
constexpr auto d = jacobian(tanh(W * x), W * x);
#endif

static_assert(cf::shape_of(d) == cf::shape<3, 2>);

int main() {}
