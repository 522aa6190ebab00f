// EXPECT: sequential: a network among the layers of another must compute in the same type
// EXPECT: computes_in_one_type<float, double>
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
namespace nn = chainfold::nn;

#ifdef CORRECTED
using encoder = nn::sequential<float, nn::linear<64, 32>, nn::relu>;
#else
using encoder = nn::sequential<double, nn::linear<64, 32>, nn::relu>;
#endif
using model = nn::sequential<float, encoder, nn::linear<32, 10>>;

int main() { return model{nn::seed{1}}.size() == 0; }
