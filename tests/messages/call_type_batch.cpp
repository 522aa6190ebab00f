// EXPECT: the program computes in another type than the bound numbers have
// EXPECT: "x"
// OF: program, batch, batch_of_samples
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
    const std::vector<float> w(6), zero(3);
    std::vector<float> out(30);
#ifdef CORRECTED
    const std::vector<float> samples(20);
#else
    const std::vector<double> samples(20);
#endif
    predict(x = cf::batch(samples), W = w, b = zero, cf::into(out));
    return out[0] > 0;
}
