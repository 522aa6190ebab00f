// EXPECT: sequential: a weight's name is a template argument
// OF: nn::sequential
// EACH: CALL=get("0.weight")
// EACH: CALL=operator[]("0.weight")
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

float f(network& net) {
#ifdef CORRECTED
    return net.get<"0.weight">()(0, 1);
#else
    return net.CALL(0, 1);
#endif
}
