// SPDX-License-Identifier: BSL-1.0
// Products of scalars: constant factors where they count once, and factors in the order in which they are ready.
#include <chainfold/transform/scalar_products.hpp>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/transform/derivative.hpp>
#include <chainfold/transform/scalars.hpp>

#include "support/catch.hpp"
#include "transform/rewritten.hpp"

using namespace chainfold;
using namespace chainfold::literals;

namespace {

constexpr auto a = input<"a">;
constexpr auto b = input<"b">;
constexpr auto c = input<"c">;
constexpr auto d = input<"d">;

struct counts {
    int multiplications = 0, depth_behind_exp = 0;
    friend constexpr bool operator==(const counts&, const counts&) = default;
};

// How many multiplications the arranged graph has, and how many of them and divisions, one after another, wait for an
// exponential.
template <class... E>
constexpr counts arranged(E...) {
    builder to;
    graph_view from = graph_of<E...>().view();
    const buffer<char> needed = needed_nodes(from);
    return look_at(to, product_arranger(to, from, needed).run(), [](const graph_view& made, const buffer<char>& used) {
        const auto multiplies = [&](int id) { return made[id].operation == operation_code<multiply_op>; };
        const auto waits = [&](int id) { return multiplies(id) || made[id].operation == operation_code<divide_op>; };
        return counts{count_of(made, used, multiplies), depth_behind_exp(made, used, waits)};
    });
}

static_assert(arranged(((exp(a) * b) * c) * d) == counts{3, 1}, "what comes last is multiplied last");
static_assert(arranged(exp(a) * b, (exp(a) * b) * c) == counts{2, 2}, "a product that is needed elsewhere stays");
static_assert(arranged(exp(a) * b / c) == counts{1, 1} && arranged(b * exp(a) * d / c) == counts{2, 1},
              "what comes last is not divided");
static_assert(arranged(exp(a) * b / exp(c)) == counts{1, 2}, "unless the divisor comes last");
static_assert(arranged(exp(a) * b, exp(a) * b / c) == counts{1, 2} && arranged(a * b / c) == counts{1, 0});
static_assert(arranged(b * (0.5_c * exp(a))) == counts{2, 1}, "nor is it doubled");
static_assert(arranged(3_c * exp(a), b * (3_c * exp(a))) == counts{2, 2}, "unless that is needed elsewhere");
// 2 (a + b), 2 (a + b) c, 2 (a + b) d: twice the sum, once
static_assert(arranged(2_c * (a + b), 2_c * ((a + b) * c), 2_c * ((a + b) * d)).multiplications == 3);
static_assert(arranged(2_c * ((a + b) * c), 3_c * ((a + b) * d)).multiplications == 4, "two factors stay two");
static_assert(arranged(2_c * ((a + b) * c), (a + b) * d).multiplications == 3);
static_assert(arranged(2_c * ((a + b) * ((a + b) * c))).multiplications == 3, "nor is the square of a factor taken");

}  // namespace

TEST_CASE("products are arranged at run time, too", "[transform]") {
    CHECK(arranged(((exp(a) * b) * c) * d) == counts{3, 1});
    CHECK(arranged(2_c * ((a + b) * c), 2_c * ((a + b) * d)) == arranged(2_c * (a + b) * c, 2_c * (a + b) * d));
}
