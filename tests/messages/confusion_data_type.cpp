// EXPECT: confusion: the data must hold numbers of the type in which the network computes
// OF: nn::confusion, nn::confusion_matrix
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
#ifdef CORRECTED
    const std::vector<float> inputs(40), targets(20);
#else
    const std::vector<double> inputs(40), targets(20);
#endif
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
    return nn::confusion(net, data).accuracy() > 0.5;
}
