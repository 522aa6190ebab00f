// EXPECT: train: the loss must be a function of output and target
// OF: nn::mean_loss
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<float> inputs(40), targets(20);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
#ifdef CORRECTED
    return nn::mean_loss(net, data, nn::squared_error{}) > 0;
#else
    return nn::mean_loss(net, data, nn::tanh{}) > 0;
#endif
}
