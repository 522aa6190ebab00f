// EXPECT: the order n must be 0 or more
// OF: taylor
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto s = cf::input<"s">;
#ifdef CORRECTED
constexpr auto d = taylor<1>(exp(s), s, s);
#else
constexpr auto d = taylor<-1>(exp(s), s, s);
#endif

static_assert(cf::shape_of(d) == cf::shape<>);

int main() {}
