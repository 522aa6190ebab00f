// EXPECT: a plain number cannot stand in an expression: give it the suffix _c
// EXPECT: plain_number<double>
// OF: operator+
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto x = cf::input<"x", 4>;
#ifdef CORRECTED
constexpr auto f = mean(log(x + 1.0_c));
#else
constexpr auto f = mean(log(x + 1.0));
#endif

int main() {
    return cf::evaluate(gradient(f, x), x = std::array{0.0, 1.0, 2.0, 3.0}).gradient[x](0) < 0;
}
