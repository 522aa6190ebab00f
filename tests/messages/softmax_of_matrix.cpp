// EXPECT: the argument must be a vector
// EXPECT: extents<2, 3>
// OF: softmax, log_softmax, log_sum_exp
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto scores = cf::input<"scores", 2, 3>;
#ifdef CORRECTED
constexpr auto p = stack(softmax(row<0>(scores)), softmax(row<1>(scores)));
#else
constexpr auto p = softmax(scores);
#endif

static_assert(cf::shape_of(p) == cf::shape<2, 3>);

int main() {}
