// EXPECT: this symbol does not occur in the expression: leave it out
// EXPECT: "V"
// OF: derivation
#include <chainfold/chainfold.hpp>
#include <chainfold/notation/derivation.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto V = cf::parameter<"V", 3, 2>;

int main() {
#ifdef CORRECTED
    const auto steps = cf::derivation(squared_norm(W * x), W);
#else
    const auto steps = cf::derivation(squared_norm(W * x), W, V);
#endif
    return to_latex(steps).size() > 0 ? 0 : 1;
}
