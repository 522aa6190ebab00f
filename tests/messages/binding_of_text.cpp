// EXPECT: symbol = value: the value must be a number, an array, span, vector or tensor of numbers, or batch(...)
// OF: binding, evaluate
#include <chainfold/chainfold.hpp>
#include <string>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 3>;

int main(int, char** words) {
    const std::string word = words[0];
#ifdef CORRECTED
    const auto n = static_cast<double>(word.size());
    return cf::evaluate(sum(x), x = std::array{n, n, n}) > 100;
#else
    return cf::evaluate(sum(x), x = words) > 100;
#endif
}
