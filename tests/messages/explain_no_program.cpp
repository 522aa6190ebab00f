// EXPECT: write explain(compile<float>(...))
// EXPECT: is_a_program<
// OF: explain
#include <chainfold/show.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto u = cf::input<"u", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto h = tanh(W * x);
constexpr auto loss = squared_norm(h);

int main() {
#ifdef CORRECTED
    const auto e = explain(cf::compile<float>(gradient(loss, W)), cf::batched(x));
#else
    const auto e = explain(gradient(loss, W), cf::batched(x));
#endif
    return e.steps.size() == 0;
}
