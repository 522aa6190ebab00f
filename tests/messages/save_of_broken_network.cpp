// EXPECT: sequential: this layer's input must have the shape of the previous layer's output
// OF: save, save_header
#include <chainfold/storage/safetensors.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
#ifdef CORRECTED
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#else
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<4, 2>> net{nn::seed{1}};
#endif
    cf::save(net, "net.safetensors", {.seed = 1});
    return cf::load(net, "net.safetensors").seed == 1u;
}
