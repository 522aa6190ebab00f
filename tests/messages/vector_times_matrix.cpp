// EXPECT: vector * matrix: a vector is a column
// EXPECT: extents<3>
// EXPECT: extents<3, 2>
// OF: operator*
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto A = cf::parameter<"A", 3, 2>;
constexpr auto v = cf::input<"v", 3>;
constexpr auto t = cf::input<"t", 2>;
#ifdef CORRECTED
constexpr auto y = transpose(A) * v;
#else
constexpr auto y = v * A;
#endif
constexpr auto loss = mean_squared_error(tanh(y), t);

static_assert(cf::shape_of(y) == cf::shape<2>);
static_assert(cf::shape_of(derivative(loss, A)) == cf::shape<3, 2>);

int main() {}
