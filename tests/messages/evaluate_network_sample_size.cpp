// EXPECT: symbol = value: the value must have as many numbers as the symbol's shape
// OF: nn::evaluate
#include <chainfold/nn/constant.hpp>
#include <array>
namespace nn = chainfold::nn;

using model = nn::sequential<float, nn::linear<2, 3>, nn::tanh, nn::linear<3, 1>>;
constexpr float values[13] = {1};
#ifdef CORRECTED
constexpr std::array sample{1.0f, 2.0f};
#else
constexpr std::array sample{1.0f, 2.0f, 3.0f};
#endif
constexpr auto y = nn::evaluate<model>(values, sample);
static_assert(y(0) == 0);
int main() {}
