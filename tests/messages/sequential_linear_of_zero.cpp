// EXPECT: linear<in, out> of 1 or more
// OF: nn::linear
// EACH: CALL=layer,nn::linear<3,0>
// EACH: CALL=nn::linear<0,3>
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

int main() {
#ifdef CORRECTED
    nn::sequential<float, layer, nn::linear<3, 1>, nn::tanh> net;
#else
    nn::sequential<float, CALL, nn::tanh> net;
#endif
    const float sample[3]{};
    return net(sample)(0) > 0;
}
