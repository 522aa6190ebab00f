// EXPECT: into(out): the output must be writable numbers of the type in which the program computes
// OF: into, output_span
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
#ifdef CORRECTED
    std::vector<float> out(30);
#else
    const std::vector<float> out(30);
#endif
    predict(x = cf::batch(samples), W = w, b = zero, cf::into(out));
    return out[0] > 0;
}
