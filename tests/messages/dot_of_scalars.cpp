// EXPECT: dot(a, b): both arguments must be vectors, or matrices, of the same shape
// EXPECT: extents<>
// OF: dot
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto a = cf::input<"a">;
constexpr auto b = cf::input<"b">;
#ifdef CORRECTED
constexpr auto d = a * b;
#else
constexpr auto d = dot(a, b);
#endif

static_assert(cf::evaluate(d, a = 2.0, b = 3.0) == 6.0);

int main() {}
