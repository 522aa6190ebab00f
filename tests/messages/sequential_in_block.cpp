// EXPECT: sequential: this layer's input must have the shape of the previous layer's output
// EXPECT: layer<2, 1, 2>
// OF: nn::block, nn::concat
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<128, 64>, nn::relu,
#ifdef CORRECTED
                             nn::concat<nn::tanh, nn::block<nn::linear<64, 32>, nn::relu, nn::linear<32, 8>>>,
#else
                             nn::concat<nn::tanh, nn::block<nn::linear<64, 32>, nn::relu, nn::linear<48, 8>>>,
#endif
                             nn::linear<72, 32>, nn::linear<32, 10>>;
static_assert(model::output_shape == cf::shape<10>);

int main() { return model{nn::seed{1}}.size() == 0; }
