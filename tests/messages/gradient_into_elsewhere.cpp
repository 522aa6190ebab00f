// EXPECT: x = batch(...).gradient_into(out) is for programs of gradient(...) or value_and_gradient(...) by x
// OF: batch, batch_with_gradient, program, evaluate
// EACH: MISTAKE=0
// EACH: MISTAKE=1
// EACH: MISTAKE=2
// EACH: MISTAKE=3
// EACH: MISTAKE=4
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto loss = squared_norm(tanh(W * x));

int main() {
    auto step = cf::compile<float>(value_and_gradient(loss, W, x));
    auto without = cf::compile<float>(value_and_gradient(loss, W));
    auto descent = cf::compile<float>(gradient_descent(loss, W));
    auto mean = cf::compile<float>(loss);
    auto each = cf::compile<float>(derivative(loss, x));
    const std::vector<float> samples(20);
    std::vector<float> w(6), out(20), all(20);
#ifdef CORRECTED
    return step(x = cf::batch(samples).gradient_into(out), W = w).value > 0;
#elif MISTAKE == 0
    return without(x = cf::batch(samples).gradient_into(out), W = w).value > 0;
#elif MISTAKE == 1
    return descent(x = cf::batch(samples).gradient_into(out), W = cf::in_place(w), cf::learning_rate = 0.1f) > 0;
#elif MISTAKE == 2
    return mean(x = cf::batch(samples).gradient_into(out), W = w) > 0;
#elif MISTAKE == 3
    each(x = cf::batch(samples).gradient_into(out), W = w, cf::into(all));
#else
    return cf::evaluate(loss, x = cf::batch(samples).gradient_into(out), W = w) > 0;
#endif
}
