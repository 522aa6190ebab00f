// EXPECT: one name, two meanings
// EXPECT: "W"
// OF: to_string, where
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 2, 2>;
#ifdef CORRECTED
constexpr auto V = W;
#else
constexpr auto V = cf::parameter<"W", 3, 2>;
#endif

int main() { return to_latex(V * (W * x), cf::where).size() > 0 ? 0 : 1; }
