// EXPECT: sequential: the first layer must have a known input, such as linear<in, out>
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;
namespace nn = chainfold::nn;

#ifdef CORRECTED
using model = nn::sequential<float, nn::linear<4, 4>, nn::tanh, nn::linear<4, 2>>;
#else
using model = nn::sequential<float, nn::tanh, nn::linear<4, 2>>;
#endif

int main() {
    model net{nn::seed{1}};
    const auto scores = net(std::array{1.0f, 2.0f, 3.0f, 4.0f});
    return scores(0) > scores(1);
}
