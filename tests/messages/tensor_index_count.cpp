// EXPECT: a tensor is indexed with one index for each extent of its shape
// OF: tensor
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

int main() {
    cf::tensor<double, 3, 2> w{};
#ifdef CORRECTED
    w(2, 1) = 1;
#else
    w(2) = 1;
#endif
    return w.data()[5] > 0;
}
