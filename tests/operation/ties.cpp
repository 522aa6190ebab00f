// Where a rule has a choice: the derivative of maximum and minimum goes to the first of two that are equal.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/program/evaluate.hpp>
#include <chainfold/transform/derivative.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto a = input<"a">;
constexpr auto b = input<"b">;
constexpr auto x = input<"x", 3>;

constexpr double slope(auto e, auto by, double at_a, double at_b) {
    return evaluate(derivative(e, by), a = at_a, b = at_b);
}

static_assert(slope(maximum(a, b), a, 1, 1) == 1 && slope(maximum(a, b), b, 1, 1) == 0);
static_assert(slope(minimum(a, b), a, 1, 1) == 1 && slope(minimum(a, b), b, 1, 1) == 0);
static_assert(slope(maximum(a, b), a, 1, 2) == 0 && slope(maximum(a, b), b, 1, 2) == 1);
static_assert(slope(minimum(a, b), a, 1, 2) == 1 && slope(minimum(a, b), b, 1, 2) == 0);
static_assert(evaluate(select(a <= b, 3_c, 4_c), a = 1.0, b = 1.0) == 3);
static_assert(evaluate(select(a < b, 3_c, 4_c), a = 1.0, b = 1.0) == 4);

// no entry beyond the last is written
static_assert(evaluate(softmax(x), x = std::array{0.0, 0.0, 0.0})(2) > 0.333);

}  // namespace
