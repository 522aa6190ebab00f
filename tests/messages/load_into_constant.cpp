// EXPECT: load: the network is constant; what is loaded must be writable
// OF: load
#include <chainfold/storage/safetensors.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    using model = nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>>;
#ifdef CORRECTED
    model net{nn::seed{1}};
#else
    const model net{nn::seed{1}};
#endif
    const auto info = cf::load(net, "net.safetensors");
    return info.version.empty();
}
