// EXPECT: sequential: this layer's input must have the shape of the previous layer's output
// EXPECT: extents<8, 8>
// OF: nn::layer_norm, nn::flatten
#include <chainfold/chainfold.hpp>
namespace nn = chainfold::nn;

struct image {
    static constexpr auto input_shape = chainfold::shape<8, 8>;
    constexpr auto operator()(auto x) const { return square(x); }
};
#ifdef CORRECTED
using model = nn::sequential<float, image, nn::flatten<>, nn::layer_norm<64>, nn::linear<64, 10>>;
#else
using model = nn::sequential<float, image, nn::layer_norm<8>, nn::flatten<>, nn::linear<64, 10>>;
#endif

int main() { return model{nn::seed{1}}.size() == 0; }
