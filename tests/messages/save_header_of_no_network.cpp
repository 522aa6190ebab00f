// EXPECT: save, load: the first argument must be a network such as nn::sequential<float, ...>
// OF: save_header
#include <chainfold/storage/weights_header.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    cf::save_header(net, "weights.hpp", "weights");
#else
    cf::save_header(std::vector<float>(23), "weights.hpp", "weights");
#endif
}
