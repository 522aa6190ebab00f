// EXPECT: gradient[x]: this call has written it sample by sample to where gradient_into(...) says: read it there
// OF: gradient_view, batch, program
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto loss = squared_norm(tanh(W * x));

int main() {
    auto step = cf::compile<float>(value_and_gradient(loss, W, x));
    const std::vector<float> samples(20), w(6);
    std::vector<float> out(20);
    const auto r = step(x = cf::batch(samples).gradient_into(out), W = w);
#ifdef CORRECTED
    return out[0] > r.gradient[W](0, 0);
#else
    return r.gradient[x](0) > r.gradient[W](0, 0);
#endif
}
