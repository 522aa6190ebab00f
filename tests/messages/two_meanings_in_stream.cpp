// EXPECT: one name, two meanings
// OF: operator<<
#include <chainfold/chainfold.hpp>
#include <iostream>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 3>;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto layer(auto h) { return tanh(W * h); }
constexpr auto h = layer(layer(layer(layer(layer(layer(layer(layer(layer(layer(x))))))))));

int main() {
#ifdef CORRECTED
    std::cout << sum(x) << '\n';
#else
    std::cout << sum(h) * sum(cf::input<"x", 4>) << '\n';
#endif
}
