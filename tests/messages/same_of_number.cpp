// EXPECT: same(a, b) compares two expressions
// OF: same
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
constexpr auto f = exp(s) / exp(s);
#ifdef CORRECTED
static_assert(cf::same(f, 1_c));
#else
static_assert(cf::same(f, 1));
#endif

int main() {}
