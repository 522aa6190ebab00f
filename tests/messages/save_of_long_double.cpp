// EXPECT: save, load: files hold float and double; this network computes in another type
// EXPECT: long double
// OF: save
#include <chainfold/storage/safetensors.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
#ifdef CORRECTED
    using number = double;
#else
    using number = long double;
#endif
    nn::sequential<number, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    cf::save(net, "net.safetensors");
}
