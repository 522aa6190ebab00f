// EXPECT: symbol = value: the value must have as many numbers as the symbol's shape
// EXPECT: extents<3>
// EXPECT: 1
// OF: binding, evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 3>;

int main() {
#ifdef CORRECTED
    return cf::evaluate(sum(x), x = std::array{1.0, 1.0, 1.0}) != 3;
#else
    return cf::evaluate(sum(x), x = 1.0) != 3;
#endif
}
