// EXPECT: gradient_into(out): out must be writable numbers of the type in which the program computes
// OF: batch, batch_with_gradient, program
// EACH: OUT=doubles
// EACH: OUT=constant
// EACH: OUT=3
// EACH: OUT=x
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto loss = squared_norm(tanh(W * x));

int main() {
    auto step = cf::compile<float>(value_and_gradient(loss, W, x));
    const std::vector<float> samples(20), w(6), constant(20);
    std::vector<double> doubles(20);
    std::vector<float> out(20);
#ifdef CORRECTED
    return step(x = cf::batch(samples).gradient_into(out), W = w).value > 0;
#else
    return step(x = cf::batch(samples).gradient_into(OUT), W = w).value > 0;
#endif
}
