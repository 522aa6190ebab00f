// EXPECT: symbol = value: the value must have as many numbers as the symbol's shape
// EXPECT: extents<3>
// EXPECT: 2
// OF: binding, evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 3>;
constexpr auto norm = sqrt(squared_norm(x));

int main() {
#ifdef CORRECTED
    return cf::evaluate(norm, x = std::array{3.0, 4.0, 0.0}) != 5.0;
#else
    return cf::evaluate(norm, x = std::array{3.0, 4.0}) != 5.0;
#endif
}
