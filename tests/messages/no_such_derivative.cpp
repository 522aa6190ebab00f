// EXPECT: gradient[symbol]: the program was not asked for the derivative by this symbol: name it in gradient(...)
// EXPECT: "b"
// OF: gradient, evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x">;
constexpr auto w = cf::parameter<"w">;
constexpr auto b = cf::parameter<"b">;
constexpr auto loss = square(w * x + b);

#ifdef CORRECTED
constexpr auto g = cf::evaluate(gradient(loss, w, b), x = 1.0, w = 2.0, b = 3.0).gradient;
#else
constexpr auto g = cf::evaluate(gradient(loss, w), x = 1.0, w = 2.0, b = 3.0).gradient;
#endif
static_assert(g[b] == 10.0);

int main() {}
