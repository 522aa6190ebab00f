// EXPECT: values cannot stand in an expression: write an input and bind them in the call, input = values
// OF: operator*
#include <chainfold/chainfold.hpp>
namespace cf = chainfold;

constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto x = cf::input<"x", 2>;

int main() {
    const double w[3][2] = {};
    const std::array data{1.0, 0.5};
#ifdef CORRECTED
    return cf::evaluate(squared_norm(tanh(W * x)), x = data, W = w) > 0;
#else
    return cf::evaluate(squared_norm(tanh(W * data)), W = w) > 0;
#endif
}
