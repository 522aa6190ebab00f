// EXPECT: an array of weights must have as many numbers as the network, of its type
// OF: nn::evaluate
#include <chainfold/nn/constant.hpp>
#include <array>
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;
#ifdef CORRECTED
constexpr float values[13] = {1};
#else
constexpr double values[13] = {1};
#endif
constexpr auto y = nn::evaluate<model>(values, std::array{1.0f, 2.0f});
static_assert(y(0) == 0);
int main() {}
