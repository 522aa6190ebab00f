// EXPECT: a binding is missing
// EXPECT: "W2"
// OF: evaluate
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 1>;
constexpr auto W1 = cf::parameter<"W1", 3, 2>;
constexpr auto W2 = cf::parameter<"W2", 1, 3>;
constexpr auto loss = squared_error(sigmoid(W2 * sigmoid(W1 * x)), t);

int main() {
    const double w1[3][2] = {}, w2[1][3] = {};
#ifdef CORRECTED
    const auto r = cf::evaluate(value_and_gradient(loss, W1, W2), x = std::array{1.0, 0.5}, t = std::array{1.0}, W1 = w1, W2 = w2);
#else
    const auto r = cf::evaluate(value_and_gradient(loss, W1, W2), x = std::array{1.0, 0.5}, t = std::array{1.0}, W1 = w1);
#endif
    return r.value > 2 || r.gradient[W2](0, 0) == w2[0][0];
}
