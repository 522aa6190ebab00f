// EXPECT: vector * vector has no one meaning: write dot(a, b), outer(a, b) or hadamard(a, b)
// EXPECT: extents<3>
// OF: operator*
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto u = cf::input<"u", 3>;
constexpr auto v = cf::input<"v", 3>;
#ifdef CORRECTED
constexpr auto similarity = dot(u, v) / sqrt(squared_norm(u) * squared_norm(v));
#else
constexpr auto similarity = u * v / sqrt(squared_norm(u) * squared_norm(v));
#endif

static_assert(cf::shape_of(similarity) == cf::shape<>);
static_assert(cf::shape_of(derivative(1_c - similarity, u)) == cf::shape<3>);

int main() {}
