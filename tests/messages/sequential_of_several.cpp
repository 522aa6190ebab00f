// EXPECT: net(sample): all numbers of a sample in one array
// OF: nn::sequential
// EACH: CALL=1.0f,2.0f,3.0f
// EACH: CALL=
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

float f(network& net) {
#ifdef CORRECTED
    return net({1.0f, 2.0f, 3.0f})(0);
#else
    return net(CALL)(0);
#endif
}
