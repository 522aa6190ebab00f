// EXPECT: simplify(e) takes an expression
// OF: simplify
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto loss = squared_norm(tanh(W * x));
#ifdef CORRECTED
constexpr auto g = cf::simplify(derivative(loss, W));
#else
constexpr auto g = cf::simplify(gradient(loss, W));
#endif

constexpr auto h = tanh(simplify(g));
static_assert(same(h, h));
static_assert(to_string(h) == to_string(h));

int main() {}
