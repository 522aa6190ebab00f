// EXPECT: train: after the options stand callbacks, metrics, validation_split or _data, early_stopping, inspection, on{threads} or a checkpoint
// OF: nn::train, nn::PartOfTraining
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<float> inputs(40), targets(20);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
#ifdef CORRECTED
    const auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{}, {.epochs = 3}, nn::validation_data{data});
#else
    const auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{}, {.epochs = 3}, data);
#endif
    return history.loss.back() < 1;
}
