// EXPECT: v must be an input or a parameter
// OF: hessian
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto d = hessian(squared_norm(W * x), x, W);
#else
constexpr auto d = hessian(squared_norm(W * x), x, W * x);
#endif

static_assert(cf::shape_of(d) == cf::shape<2, 6>);

int main() {}
