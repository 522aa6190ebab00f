// EXPECT: this symbol does not occur in the program
// EXPECT: "u"
// OF: explain, batched
#include <chainfold/show.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = tanh(W * x);
constexpr auto loss = squared_norm(h);

int main() {
    const auto program = cf::compile<float>(gradient(loss, W));
#ifdef CORRECTED
    const auto e = explain(program, cf::batched(x));
#else
    const auto e = explain(program, cf::batched(x, u));
#endif
    return e.steps.size() == 0;
}
