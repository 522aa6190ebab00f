// EXPECT: sequential: only a projected_residual may change the shape
// EXPECT: layer<3>, chainfold::extents<32>, chainfold::extents<48>
// OF: nn::residual
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<128, 64>, nn::linear<64, 32>, nn::relu,
#ifdef CORRECTED
                             nn::residual<nn::linear<32, 32>, nn::tanh>, nn::linear<32, 48>,
#else
                             nn::residual<nn::linear<32, 48>, nn::tanh>, nn::linear<48, 48>,
#endif
                             nn::tanh, nn::linear<48, 32>, nn::linear<32, 10>>;
static_assert(model::output_shape == cf::shape<10>);

int main() { return model{nn::seed{1}}.size() == 0; }
