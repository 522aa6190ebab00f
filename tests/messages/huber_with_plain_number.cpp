// EXPECT: a plain number cannot stand in an expression: give it the suffix _c, as in 2_c or 0.5_c
// OF: nn::huber
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
namespace nn = chainfold::nn;
using namespace chainfold::literals;

int main() {
    nn::sequential<double, nn::linear<1, 1>> net{nn::seed{1}};
    const double in[] = {1, 2}, out[] = {2, 3};
#ifdef CORRECTED
    const nn::huber loss{.delta = 0.5_c};
#else
    const nn::huber loss{.delta = 0.5};
#endif
    return nn::train(net, nn::dataset{cf::batch(in), cf::batch(out)}, loss, nn::sgd{}).loss.empty();
}
