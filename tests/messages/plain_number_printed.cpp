// EXPECT: give it the suffix _c
// OF: operator*
// The first program of README, with one letter less: what is printed of it stays silent.
#include <chainfold/chainfold.hpp>
#include <cstdio>
namespace cf = chainfold;
using namespace chainfold::literals;

constexpr auto s = cf::input<"s">;
#ifdef CORRECTED
constexpr auto f = square(2_c * s + 3_c);
#else
constexpr auto f = square(2 * s + 3_c);
#endif
static_assert(to_string(derivative(f, s)) == "4 * (2 * s + 3)");
static_assert(evaluate(derivative(f, s), s = 2.0) == 28.0);

int main() { std::printf("d/ds %s = %s\n", to_string(f).c_str(), to_string(derivative(f, s)).c_str()); }
