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
    auto predict = cf::compile<float>(y);
    const std::vector<float> w(6), zero(3), sample(2);
    std::vector<float> out(3);
#ifdef CORRECTED
    const auto first = predict(x = sample, W = w, b = zero);
    out[0] = first(0);
#else
    predict(x = sample, W = w, b = zero, cf::into(out));
#endif
    return out[0] > 0;
}
