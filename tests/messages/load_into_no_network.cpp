// EXPECT: save, load: the first argument must be a network such as nn::sequential<float, ...>
// OF: load, load_options
#include <chainfold/storage/safetensors.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    const auto info = cf::load(net, "net.safetensors", {.narrow = true});
#else
    const auto info = cf::load("net.safetensors", "net", {.narrow = true});
#endif
    return info.seed.has_value();
}
