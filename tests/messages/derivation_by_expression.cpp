// EXPECT: v must be an input or a parameter
// OF: derivation
#include <chainfold/chainfold.hpp>
#include <chainfold/notation/derivation.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = W * x;

int main() {
#ifdef CORRECTED
    const auto steps = cf::derivation(squared_norm(h), W);
#else
    const auto steps = cf::derivation(squared_norm(h), h);
#endif
    return to_latex(steps).size() > 0 ? 0 : 1;
}
