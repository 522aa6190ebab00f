// EXPECT: sum: both sides must have the same shape, or one must be a scalar
// EXPECT: extents<3>
// EXPECT: extents<2>
// OF: compile, operator+
// A program made of a mistake is called, read and streamed in silence.
#include <chainfold/chainfold.hpp>
#include <cmath>
#include <iostream>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;
constexpr auto b = cf::parameter<"b", 3>;
#ifdef CORRECTED
constexpr auto y = tanh(W * x + b);
#else
constexpr auto y = tanh(W * x + x) + b;
#endif
constexpr auto loss = squared_norm(y);

int main() {
    const double w[3][2] = {}, c[3] = {};
    auto predict = cf::compile<double>(y);
    const auto out = predict(x = std::array{1.0, 2.0}, W = w, b = c);
    double total = 0;
    for (std::size_t i = 0; i < out.size(); ++i) total += out.data()[i];
    for (double one : out) total -= one;
    const double value = cf::evaluate(loss, x = std::array{1.0, 2.0}, W = w, b = c);
    if (value < 0 || out(1) > 1) return 1;
    std::cout << to_string(loss) << value << cf::evaluate(loss, x = std::array{1.0, 2.0}, W = w, b = c) << "\n";
    return std::fabs(total - value) > 1e-9;
}
