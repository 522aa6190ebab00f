// EXPECT: several expressions have a mean only if all are scalars
// OF: explain
#include <chainfold/show.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = tanh(W * x);
constexpr auto loss = squared_norm(h);

int main() {
    const auto program = cf::compile<float>(h, loss);
#ifdef CORRECTED
    const auto e = explain(program);
#else
    const auto e = explain(program, cf::batched(x));
#endif
    return e.steps.size() == 0;
}
