// Taylor polynomials and their coefficients.
#include <array>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/notation/to_string.hpp>
#include <chainfold/program/evaluate.hpp>
#include <chainfold/transform/taylor.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto h = input<"h">;
constexpr auto x = input<"x", 2>;
constexpr auto u = input<"u", 2>;
constexpr auto W = parameter<"W", 3, 2>;

static_assert(shape_of(taylor<4>(sin(s), s, h)) == shape<>);
static_assert(shape_of(taylor<4>(W * exp(x), x, u)) == shape<3>);
static_assert(shape_of(taylor<2>(s * W, s, h)) == shape<3, 2>);
static_assert(shape_of(taylor_coefficients<4>(sin(s), s)) == shape<5>);
static_assert(shape_of(taylor_coefficients<4>(sum(exp(x)), x, u)) == shape<5>);
static_assert(shape_of(taylor_coefficients<4>(s * x, s)) == shape<5, 2>);
static_assert(shape_of(taylor_coefficients<0>(s * s, s)) == shape<1>);

constexpr bool written(auto e, std::string_view text) { return to_string(e) == text; }
static_assert(written(taylor<0>(sin(s), s, h), "sin(s)"));
static_assert(written(taylor<1>(sin(s), s, h), "sin(s) + h * cos(s)"));
static_assert(written(taylor_coefficients<4>(sin(s), s),
                      "stack(sin(s), cos(s), -0.5 * sin(s), -cos(s) / 6, sin(s) / 24)"));
static_assert(written(taylor_coefficients<3>(pow<3>(s), s), "stack(pow<3>(s), 3 * square(s), 3 * s, 1)"));
static_assert(written(taylor_coefficients<3>(exp(s), h), "stack(exp(s), 0, 0, 0)"));
static_assert(written(taylor<2>(sum(square(x)), x, u), "sum(square(x)) + 2 * dot(x, u) + sum(square(u))"));

// sin x eˣ about 0: x + x² + x³/3 − x⁵/30 − x⁶/90 − x⁷/630 + x⁹/22680 + x¹⁰/113400
constexpr auto c = evaluate(taylor_coefficients<10>(sin(s) * exp(s), s), s = 0.0);
constexpr std::array known{0.0,       1.0,        1.0, 1.0 / 3,     0.0,         -1.0 / 30,
                           -1.0 / 90, -1.0 / 630, 0.0, 1.0 / 22680, 1.0 / 113400};
constexpr bool near(double a, double b) { return (a < b ? b - a : a - b) <= 1e-15 * (1 + (b < 0 ? -b : b)); }
constexpr bool all_near() {
    for (std::size_t k = 0; k < 11; ++k)
        if (!near(c(k), known[k])) return false;
    return true;
}
static_assert(all_near());

// Orders do not multiply the nodes: 33 for all eleven coefficients.
static_assert(graph_of<std::remove_const_t<decltype(taylor_coefficients<10>(sin(s) * exp(s), s))>>().sizes.nodes < 40);

// a polynomial of degree 3 is its Taylor polynomial; e^0.25 from the series about 0
constexpr auto cubic = 2_c * pow<3>(s) - square(s) + 5_c;
static_assert(near(evaluate(taylor<3>(cubic, s, h), s = 1.5, h = -0.75), 2 * 0.75 * 0.75 * 0.75 - 0.75 * 0.75 + 5));
static_assert(near(evaluate(taylor<14>(exp(s), s, h), s = 0.0, h = 0.25), 1.2840254166877414841));
static_assert(near(evaluate(taylor<16>(log(s), s, h), s = 2.0, h = 0.125), 0.75377180237638021));

// along a direction, of a vector, and again differentiated: d/dh of the polynomial
constexpr auto polynomial = taylor<3>(exp(element<0>(x)) * element<1>(x), x, u);
static_assert(near(evaluate(polynomial, x = std::array{0.0, 1.0}, u = std::array{0.5, 1.0}),
                   1 + (0.5 + 1) + (0.125 + 0.5) + (0.125 / 6 + 0.125)));
static_assert(near(evaluate(derivative(taylor<3>(exp(s), s, h), h), s = 0.0, h = 1.0), 2.5));

}  // namespace
