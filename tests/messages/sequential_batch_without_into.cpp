// EXPECT: a batch of samples has one output each: say where they go
// OF: nn::sequential
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<float> samples(40);
    std::vector<float> out(20);
#ifdef CORRECTED
    net(cf::batch(samples), cf::into(out));
#else
    const auto scores = net(cf::batch(samples));
    out[0] = scores(0);
#endif
    return out[0] > 0;
}
