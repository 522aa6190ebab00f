// EXPECT: sequential: there is no weight of this name
// EXPECT: "7.weight"
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    auto w = net.get<"2.weight">();
#else
    auto w = net.get<"7.weight">();
#endif
    w(0, 1) = 3;
    for (auto& one : w) one += 1;
    return w.data()[0] > 0 && w.size() > 2;
}
