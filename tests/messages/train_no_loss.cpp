// EXPECT: train: the loss must be a function of output and target
// OF: nn::train, nn::weighted, nn::mean_over_outputs, nn::class_targets
// EACH: LOSS=[](auto y){return sum(square(y));}
// EACH: LOSS=nn::weighted{2.0}
// EACH: LOSS=nn::mean_over_outputs{2.0}
// EACH: LOSS=nn::class_targets{2.0}
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<float> inputs(40), targets(20);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
#ifdef CORRECTED
    const auto loss = [](auto y, auto t) { return sum(square(y - t)); };
#else
    const auto loss = LOSS;
#endif
    const auto history = nn::train(net, data, loss, nn::sgd{}, {.epochs = 3});
    return history.loss.back() < 1;
}
