// EXPECT: train: the loss must be a scalar
// EXPECT: extents<2>
// OF: nn::check_gradient
#include <chainfold/chainfold.hpp>
#include <chainfold/nn/check_gradient.hpp>
#include <vector>
namespace cf = chainfold;
namespace nn = chainfold::nn;

int main() {
    nn::sequential<float, nn::linear<4, 3>, nn::tanh, nn::linear<3, 2>> net{nn::seed{1}};
    const std::vector<float> inputs(40), targets(20);
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
#ifdef CORRECTED
    const auto report = nn::check_gradient(net, [](auto y, auto t) { return sum(abs(y - t)); }, data);
    return report.passed();
#else
    const auto report = nn::check_gradient(net, [](auto y, auto t) { return abs(y - t); }, data);
    return 0;
#endif
}
