// Formulas on numbers: the text has the fewest parentheses, and read as C++ it is worth the same.
#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/evaluate.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto a = input<"a">;
constexpr auto b = input<"b">;
constexpr auto c = input<"c">;

constexpr double at(auto e) { return evaluate(stack(e, a, b, c), a = 4.0, b = 0.5, c = 8.0)(0); }

/// The expression prints as the text, and what stands there as C++ has the same value.
constexpr bool prints(auto e, std::string_view text, auto reading) {
    return to_string(e) == text && at(e) == at(reading);
}

static_assert(prints(a + b + c, "a + b + c", a + b + c));
static_assert(prints(a + (b + c), "a + b + c", a + b + c));
static_assert(prints(a + (b - c), "a + b - c", a + b - c));
static_assert(prints(a - (b + c), "a - (b + c)", a - (b + c)));
static_assert(prints(a - (b - c), "a - (b - c)", a - (b - c)));
static_assert(prints((a - b) - c, "a - b - c", a - b - c));
static_assert(prints(a * (b + c), "a * (b + c)", a * (b + c)));
static_assert(prints(a * b + c, "a * b + c", a * b + c));
static_assert(prints(a * (b * c), "a * b * c", a * b * c));
static_assert(prints(a * (b / c), "a * b / c", a * b / c));
static_assert(prints(a / (b * c), "a / (b * c)", a / (b * c)));
static_assert(prints(a / (b / c), "a / (b / c)", a / (b / c)));
static_assert(prints(a / b / c, "a / b / c", a / b / c));
static_assert(prints((a + b) / c, "(a + b) / c", (a + b) / c));

// the minus sign
static_assert(prints(-a, "-a", -a));
static_assert(prints(-(-a), "-(-a)", -(-a)));
static_assert(prints(-(a + b), "-(a + b)", -(a + b)));
static_assert(prints(-(a * b), "-a * b", -a * b));
static_assert(prints(-a * b, "-a * b", -a * b));
static_assert(prints(a * -b, "a * -b", a * -b));
static_assert(prints(a / -(b * c), "a / (-b * c)", a / (-b * c)));
static_assert(prints(-(a * b) * c, "-a * b * c", -a * b * c));
static_assert(prints(a - -b, "a - -b", a - -b));
static_assert(prints(-(-2_c), "-(-2)", -(-2_c)));
static_assert(prints(-(-a * b), "-(-a * b)", -(-a * b)));
static_assert(prints(-(-a - b), "-(-a - b)", -(-a - b)));
static_assert(prints(square(-a), "square(-a)", square(-a)));
static_assert(prints(-square(a), "-square(a)", -square(a)));

// numbers
static_assert(to_string(0_c) == "0");
static_assert(to_string(0.5_c * a) == "0.5 * a");
static_assert(to_string(1e-3_c) == "0.001");
static_assert(to_string(a + 12.25_c) == "a + 12.25");
static_assert(prints(1_c / 3_c * a, "1 / 3 * a", 1_c / 3_c * a));

// reciprocals, powers, functions
static_assert(prints(reciprocal(a), "1 / a", 1_c / a));
static_assert(prints(reciprocal(a * b), "1 / (a * b)", 1_c / (a * b)));
static_assert(prints(reciprocal(reciprocal(a)), "1 / (1 / a)", 1_c / (1_c / a)));
static_assert(prints(reciprocal(-a), "1 / -a", 1_c / -a));
static_assert(prints(-reciprocal(a), "-1 / a", -1_c / a));
static_assert(prints(reciprocal(a) * b, "1 / a * b", 1_c / a * b));
static_assert(prints(b / reciprocal(a), "b / (1 / a)", b / (1_c / a)));
static_assert(prints(pow<3>(a + b), "pow<3>(a + b)", pow<3>(a + b)));
static_assert(prints(pow<-2>(a), "pow<-2>(a)", pow<-2>(a)));
static_assert(prints(maximum(a, b - c), "maximum(a, b - c)", maximum(a, b - c)));
static_assert(prints(abs(a) * sign(-b), "abs(a) * sign(-b)", abs(a) * sign(-b)));

// conditions
static_assert(prints(select(a > b, c, 0_c), "select(b < a, c, 0)", select(b < a, c, 0_c)));
static_assert(prints(select(a <= b, c, 1_c), "select(a <= b, c, 1)", select(a <= b, c, 1_c)));
static_assert(prints((a < b) + c, "(a < b) + c", (a < b) + c));
static_assert(prints((a < b) < c, "(a < b) < c", (a < b) < c));
static_assert(prints(a < (b < c), "a < (b < c)", a < (b < c)));
static_assert(prints(a + b < c * 2_c, "a + b < c * 2", a + b < c * 2_c));
static_assert(prints(leaky_relu(a), "select(0 < a, a, 0.01 * a)", select(0_c < a, a, 0.01_c * a)));

}  // namespace
