// EXPECT: takes one sample: bind its values without batch(...)
// EXPECT: "x"
// OF: derivation
#include <chainfold/chainfold.hpp>
#include <chainfold/notation/derivation.hpp>
#include <array>
#include <vector>
namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 3, 2>;

int main() {
    const std::vector<double> samples(8);
    const std::array<double, 6> w{};
    const auto steps = cf::derivation(squared_norm(W * x), W);
#ifdef CORRECTED
    const auto bound = steps(x = std::array{samples[0], samples[1]}, W = w);
#else
    const auto bound = steps(x = cf::batch(samples), W = w);
#endif
    return to_string(bound).size() > 0 ? 0 : 1;
}
