// EXPECT: first the network, then the file
// OF: save, load
// EACH: CALL=save(net)
// EACH: CALL=load(net)
// EACH: CALL=save("net.safetensors",net)
// EACH: CALL=load("net.safetensors",net)
#include <chainfold/nn/layer.hpp>
#include <chainfold/nn/sequential.hpp>
#include <chainfold/storage/safetensors.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using network = nn::sequential<float, nn::linear<3, 3>, nn::tanh, nn::linear<3, 3>>;

void f(network& net) {
#ifdef CORRECTED
    cf::save(net, "net.safetensors");
    cf::load(net, "net.safetensors");
#else
    cf::CALL;
#endif
}
