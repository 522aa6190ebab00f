// EXPECT: the loss must be a function of output and target that gives a scalar expression
// OF: nn::objective, nn::objective_options
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<double, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;

int main() {
    model net{nn::seed{1}};
    const std::array<double, 4> inputs{}, targets{};
    const nn::dataset data{cf::batch(inputs), cf::batch(targets)};
#ifdef CORRECTED
    auto f = nn::objective(net, data, [](auto y, auto t) { return sum(square(y - t)); }, {.l2 = 1e-3});
#else
    auto f = nn::objective(net, data, [](auto y, auto t) { return square(y - t); }, {.l2 = 1e-3});
#endif
    std::array<double, model::parameter_count> gradient{};
    return f.value_and_gradient(std::span(net.data(), net.size()), gradient) > 0;
}
