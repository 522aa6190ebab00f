// EXPECT: a batch of samples has one output each: say where they go
// OF: program, batch, into
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 3>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
constexpr auto y = tanh(W * x + b);

int main() {
    auto predict = cf::compile<float>(y);
    const std::vector<float> samples(20), w(6), zero(3);
    std::vector<float> out(30);
#ifdef CORRECTED
    predict(x = cf::batch(samples), W = w, b = zero, cf::into(out));
#else
    const auto all = predict(x = cf::batch(samples), W = w, b = zero);
    out[0] = all(0);
#endif
    return out[0] > 0;
}
