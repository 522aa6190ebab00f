// EXPECT: into(out) takes the outputs of a batch for one expression
// OF: program, into
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto step = cf::compile<float>(value_and_gradient(squared_norm(y), W, b));
    const std::vector<float> samples(20), w(6), zero(3);
#ifdef CORRECTED
    const auto r = step(x = cf::batch(samples), W = w, b = zero);
    return r.value > 0;
#else
    std::vector<float> out(30);
    step(x = cf::batch(samples), W = w, b = zero, cf::into(out));
    return out[0] > 0;
#endif
}
