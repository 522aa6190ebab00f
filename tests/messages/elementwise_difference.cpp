// EXPECT: difference: both sides must have the same shape, or one must be a scalar
// EXPECT: extents<2, 3>
// EXPECT: extents<3, 2>
// OF: operator-
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto A = cf::parameter<"A", 2, 3>;
constexpr auto B = cf::parameter<"B", 3, 2>;

int main() {
#ifdef CORRECTED
    constexpr auto distance = squared_norm(A - transpose(B));
#else
    constexpr auto distance = squared_norm(A - B);
#endif
    constexpr auto g = value_and_gradient(distance, A, B);
    const double a[2][3] = {}, b[3][2] = {};
    return cf::evaluate(g, A = a, B = b).value != 0;
}
