// EXPECT: train: an optimiser has a learning_rate, a number or schedule, and update(step)
// OF: nn::train, nn::sgd
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<float> inputs(40), targets(20);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
#ifdef CORRECTED
    const auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{.learning_rate = 0.1}, {.epochs = 3});
#else
    const auto history = nn::train(net, data, nn::cross_entropy{}, nn::sgd{.learning_rate = "0.1"}, {.epochs = 3});
#endif
    return history.loss.back() < 1;
}
