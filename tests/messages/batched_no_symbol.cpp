// EXPECT: name the inputs or parameters that are given in batches
// EXPECT: extents<3>
// OF: batched, explain
#include <chainfold/show.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = tanh(W * x);
constexpr auto loss = squared_norm(h);

int main() {
    const auto program = cf::compile<float>(loss);
#ifdef CORRECTED
    const auto e = explain(program, cf::batched(x));
#else
    const auto e = explain(program, cf::batched(h));
#endif
    return e.steps.size() == 0;
}
