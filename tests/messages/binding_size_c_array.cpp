// EXPECT: symbol = value: the value must have as many numbers as the symbol's shape
// EXPECT: extents<3, 2>
// EXPECT: 4
// OF: binding, evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto W = cf::parameter<"W", 3, 2>;

int main() {
#ifdef CORRECTED
    const double w[3][2] = {};
#else
    const double w[2][2] = {};
#endif
    return cf::evaluate(value_and_gradient(squared_norm(W), W), W = w).gradient[W](2, 1) > 0;
}
