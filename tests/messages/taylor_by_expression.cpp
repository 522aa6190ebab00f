// EXPECT: v must be an input or a parameter
// OF: taylor
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
#ifdef CORRECTED
constexpr auto d = taylor<3>(exp(s), s, s);
#else
constexpr auto d = taylor<3>(exp(s), 2_c * s, s);
#endif

static_assert(cf::shape_of(d) == cf::shape<>);

int main() {}
