// EXPECT: the value must have as many numbers as the symbol
// EXPECT: "input"
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    const auto scores = net(std::array{1.0f, 2.0f, 3.0f, 4.0f});
#else
    const auto scores = net(std::array{1.0f, 2.0f, 3.0f});
#endif
    return scores(0) > scores(1);
}
