// EXPECT: save, load: the first argument must be a network such as nn::sequential<float, ...>
// OF: save, save_options, Network
#include <chainfold/storage/safetensors.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    cf::save(net, "net.safetensors", {.seed = 1});
#else
    std::vector<float> weights(23);
    cf::save(weights, "net.safetensors", {.seed = 1});
#endif
}
