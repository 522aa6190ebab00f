// EXPECT: the program computes in another type than the bound numbers have
// EXPECT: "input"
// OF: nn::objective
#include <chainfold/chainfold.hpp>
#include <array>
namespace cf = chainfold;
namespace nn = chainfold::nn;

using model = nn::sequential<double, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;

int main() {
    model net{nn::seed{1}};
#ifdef CORRECTED
    const std::array<double, 4> inputs{}, targets{};
#else
    const std::array<float, 4> inputs{}, targets{};
#endif
    const nn::dataset data{cf::batch(inputs), cf::batch(std::span(targets).first(2))};
    auto f = nn::objective(net, data, nn::squared_error{});
    return f.value(std::span(net.data(), net.size())) > 0;
}
