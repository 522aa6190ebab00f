// The same entries in another arrangement.
#include <array>

#include <chainfold/expression/arrange.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/program/evaluate.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {
constexpr auto A = cf::input<"A", 2, 3>;
constexpr auto a = cf::input<"a", 2>;
constexpr auto b = cf::input<"b", 3>;
constexpr auto s = cf::input<"s">;

static_assert(shape_of(cf::flatten(A)) == cf::shape<6> && shape_of(cf::flatten(b)) == cf::shape<3>);
static_assert(shape_of(cf::flatten(s)) == cf::shape<1>);
static_assert(shape_of(concat(a, b)) == cf::shape<5> && shape_of(concat(a, a, a)) == cf::shape<6>);
static_assert(shape_of(concat(a, s, b)) == cf::shape<6> && shape_of(concat(s, s)) == cf::shape<2>);
static_assert(shape_of(concat(a)) == cf::shape<2> && shape_of(cf::one_hot<4>(s)) == cf::shape<4>);
}  // namespace

TEST_CASE("flatten keeps the order of the rows") {
    const std::array<double, 6> values{1, 2, 3, 4, 5, 6};
    const auto flat = cf::evaluate(flatten(A), A = values);
    for (std::size_t i = 0; i < 6; ++i) CHECK(flat(i) == values[i]);
    const auto back = cf::evaluate(gradient(dot(flatten(A), flatten(square(A))), A), A = values);
    for (std::size_t i = 0; i < 6; ++i) CHECK(back.gradient[A].data()[i] == 3 * values[i] * values[i]);
}
TEST_CASE("concat puts vectors one after another") {
    const auto all = cf::evaluate(concat(a, s, b), a = std::array{1.0, 2.0}, s = 3.0, b = std::array{4.0, 5.0, 6.0});
    for (std::size_t i = 0; i < 6; ++i) CHECK(all(i) == static_cast<double>(i + 1));
    const auto alike = cf::evaluate(concat(a, 2_c * a), a = std::array{1.0, 2.0});
    CHECK(alike == cf::evaluate(concat(a, slice<1, 2>(b)), a = std::array{1.0, 2.0}, b = std::array{0.0, 2.0, 4.0}));
    CHECK(alike(3) == 4);
}
TEST_CASE("each part of a concat has its derivative") {
    const auto g = cf::evaluate(gradient(sum(cf::pow<3>(concat(a, s, b))), a, s, b), a = std::array{1.0, 2.0}, s = 3.0,
                                b = std::array{4.0, 5.0, 6.0});
    CHECK(g.gradient[a](1) == 12);
    CHECK(g.gradient[s] == 27);
    CHECK(g.gradient[b](2) == 108);
}
