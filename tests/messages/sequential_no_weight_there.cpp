// EXPECT: sequential: there is no weight at this position; they are counted from 0
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    auto w = net.get<3>();
#else
    auto w = net.get<4>();
#endif
    w(1) = 3;
    return w.data()[0] > 0;
}
