// EXPECT: tensor = view: a tensor takes the entries of a tensor or view of its own shape
// OF: tensor, tensor_view
// EACH: MISTAKE=0
// EACH: MISTAKE=1
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

float of(cf::tensor_view<const float, 3> three, const cf::tensor<float, 3>& owned) {
    cf::tensor<float, 2> two;
    cf::tensor<float, 3> same = three;
#ifdef CORRECTED
    same = three;
    same = owned;
#elif MISTAKE == 0
    two = three;
#else
    two = owned;
#endif
    return same(0) + two(0);
}
