// EXPECT: this symbol is bound in the call but does not occur in the expression
// EXPECT: "temperature"
// OF: evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto temperature = cf::input<"temperature">;
constexpr auto p = softmax(x);

int main() {
#ifdef CORRECTED
    constexpr auto v = cf::evaluate(p, x = std::array{1.0, 1.0});
#else
    constexpr auto v = cf::evaluate(p, x = std::array{1.0, 1.0}, temperature = 2.0);
#endif
    static_assert(v(0) == 0.5);
}
