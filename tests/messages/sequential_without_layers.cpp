// EXPECT: sequential<float, layers...>: first the type of the numbers, then the layers
// OF: nn::sequential
// EACH: CALL=float
// EACH: CALL=layer
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

int main() {
#ifdef CORRECTED
    network net{nn::seed{1}};
#else
    nn::sequential<CALL> net{nn::seed{1}};
#endif
    const float sample[3]{};
    return net(sample)(0) > 0;
}
