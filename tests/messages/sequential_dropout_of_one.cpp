// EXPECT: sequential: a layer's number has no meaning: linear<in, out> of 1 or more, dropout<p> with 0 <= p < 1, 1e-5_c in norms
// OF: nn::dropout
#include <chainfold/chainfold.hpp>
namespace nn = chainfold::nn;

#ifdef CORRECTED
using model = nn::sequential<float, nn::linear<64, 32>, nn::relu, nn::dropout<0.5>, nn::linear<32, 10>>;
#else
using model = nn::sequential<float, nn::linear<64, 32>, nn::relu, nn::dropout<50>, nn::linear<32, 10>>;
#endif

int main() { return model{nn::seed{1}}.size() == 0; }
