// EXPECT: batch(in): the samples are numbers one after another
// OF: batch, batch_of_samples
#include <chainfold/chainfold.hpp>
#include <array>
#include <vector>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

#ifdef CORRECTED
const std::vector<float> v;
#else
const std::vector<std::array<float, 3>> v;
#define CORRECT
#endif
const auto y = cf::batch(v);
