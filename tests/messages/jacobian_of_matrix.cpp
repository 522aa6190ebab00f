// EXPECT: write jacobian(flatten(e), v), a row for each entry of e
// EXPECT: extents<3, 4>
// OF: jacobian
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto A = cf::parameter<"A", 2, 4>;
#ifdef CORRECTED
constexpr auto d = jacobian(flatten(W * A), A);
#else
constexpr auto d = jacobian(W * A, A);
#endif

static_assert(cf::shape_of(d) == cf::shape<12, 8>);

int main() {}
