// EXPECT: gradient(e, ...): e must be a scalar
// EXPECT: extents<3>
// OF: gradient
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
#ifdef CORRECTED
constexpr auto g = gradient(sum(W * x), W);
#else
constexpr auto g = gradient(W * x, W);
#endif

int main() {
    const double w[3][2] = {};
    return cf::evaluate(g, x = std::array{1.0, 2.0}, W = w).gradient[W](0, 1) != 2.0;
}
