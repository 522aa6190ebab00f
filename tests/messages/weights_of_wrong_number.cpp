// EXPECT: an array of weights must have as many numbers as the network, of its type
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
namespace nn = chainfold::nn;

int main() {
#ifdef CORRECTED
    static constexpr float values[13] = {1};
#else
    static constexpr float values[12] = {1};
#endif
    nn::sequential<float, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>> net{values};
    return net.data()[0] == 1;
}
