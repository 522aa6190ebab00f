// EXPECT: a plain number cannot stand in an expression
// OF: taylor
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
#ifdef CORRECTED
constexpr auto d = taylor<3>(exp(s), s, 0.1_c);
#else
constexpr auto d = taylor<3>(exp(s), s, 0.1);
#endif

static_assert(cf::shape_of(d) == cf::shape<>);

int main() {}
