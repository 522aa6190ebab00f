// EXPECT: a binding is missing: give this symbol a value in the call, symbol = value
// EXPECT: "learning_rate"
// OF: compile, program
#include <chainfold/chainfold.hpp>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto learning_rate = cf::input<"learning_rate">;
constexpr auto w = cf::parameter<"w", 2>;
constexpr auto loss = square(dot(w, x)) * learning_rate;

int main() {
    auto step = cf::compile<float>(value_and_gradient(loss, w));
    const std::vector<float> samples(20);
#ifdef CORRECTED
    const auto r = step(x = cf::batch(samples), w = std::array{1.0f, 2.0f}, learning_rate = 0.1f);
#else
    const auto r = step(x = cf::batch(samples), w = std::array{1.0f, 2.0f});
#endif
    return r.value > 0 || r.gradient[w](0) > 0;
}
