// EXPECT: sequential: weights are drawn by a seed, net{nn::seed{42}}
// OF: nn::sequential, nn::seed
// EACH: CALL=42
// EACH: CALL=0.5
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;
using layer = nn::linear<3, 3>;
using network = nn::sequential<float, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::tanh, layer, nn::softmax>;

#ifdef CORRECTED
network net{nn::seed{42}};
#else
network net{CALL};
#endif
