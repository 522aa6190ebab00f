// EXPECT: sequential: concat and projected_residual join vectors: write flatten<> before or in them
// EXPECT: extents<8, 8>
// OF: nn::concat, nn::projected_residual
#include <chainfold/chainfold.hpp>
namespace nn = chainfold::nn;

struct image {
    static constexpr auto input_shape = chainfold::shape<8, 8>;
    constexpr auto operator()(auto x) const { return square(x); }
};
#ifdef CORRECTED
using model = nn::sequential<float, image, nn::flatten<>, nn::concat<nn::tanh, nn::relu>, nn::linear<128, 10>>;
#else
using model = nn::sequential<float, image, nn::concat<nn::tanh, nn::relu>, nn::linear<128, 10>>;
#endif

int main() { return model{nn::seed{1}}.size() == 0; }
