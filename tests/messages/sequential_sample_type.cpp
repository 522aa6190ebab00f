// EXPECT: the program computes in another type than the bound numbers have
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
    const auto scores = net(std::array{1.0, 2.0, 3.0, 4.0});
#endif
    return scores(0) > scores(1);
}
