// EXPECT: a plain number cannot stand in an expression: give it the suffix _c, as in 2_c or 0.5_c
// OF: nn::huber, nn::cross_entropy, nn::weighted, nn::mean_over_outputs
// EACH: LOSS=nn::huber{0.5}
// EACH: LOSS=nn::cross_entropy{0.5f}
// EACH: LOSS=nn::cross_entropy{.label_smoothing=0.5}
// EACH: LOSS=nn::weighted{nn::huber{0.5}}
// EACH: LOSS=nn::mean_over_outputs{nn::cross_entropy{0.5}}
// EACH: LOSS=nn::class_targets{nn::cross_entropy{1}}
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

int main() {
    nn::sequential<double, nn::linear<1, 1>> net{nn::seed{1}};
    const double in[] = {1, 2}, out[] = {2, 3};
#ifdef CORRECTED
    const auto loss = nn::huber{0.5_c};
#else
    const auto loss = LOSS;
#endif
    return nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, loss, nn::sgd{}).loss.empty();
}
