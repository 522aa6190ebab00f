// SPDX-License-Identifier: BSL-1.0
// Sums of products of scalars: one after another, what is ready last at the end, where nothing is waited for longer.
#include <chainfold/transform/scalar_sums.hpp>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/transform/derivative.hpp>

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
    int sums = 0, depth_behind_exp = 0, sums_of_sums = 0;
    friend constexpr bool operator==(const counts&, const counts&) = default;
};

// How many sums the arranged graph has, how many of them, one after another, wait for an exponential, and how many add
// two sums.
template <class... E>
constexpr counts arranged(E...) {
    builder to;
    return look_at(to, sum_arranger(to, graph_of<E...>().view()).run(),
                   [](const graph_view& made, const buffer<char>& used) {
                       const auto is_sum = [&](int id) {
                           return made[id].operation == operation_code<add_op> ||
                                  made[id].operation == operation_code<subtract_op>;
                       };
                       const auto adds_sums = [&](int id) {
                           return is_sum(id) && is_sum(made.operand(id, 0)) && is_sum(made.operand(id, 1));
                       };
                       return counts{count_of(made, used, is_sum), depth_behind_exp(made, used, is_sum),
                                     count_of(made, used, adds_sums)};
                   });
}

static_assert(arranged((exp(a) * b + a * c) + (a * d - c * d)) == counts{3, 1, 0}, "what comes last is added last");
static_assert(arranged(a * b - (-(c * d) - exp(a) * c)) == counts{2, 1, 0}, "through signs");
static_assert(arranged((a * b + b * c) + (c * d + a * d)) == counts{3, 0, 1}, "but four of one time are two and two");
static_assert(arranged((exp(a) + b) + (c - d)) == counts{3, 2, 1}, "exact numbers keep their order");
static_assert(arranged((exp(a) * b + 1_c) + (a * d - c * d)) == counts{3, 2, 1});
static_assert(arranged(exp(a) * b + a * c, (exp(a) * b + a * c) + a * d) == counts{2, 2, 0},
              "a sum that is needed elsewhere stays");

// How many multiplications and negations, which together are what an opposite number costs.
template <class... E>
constexpr int products_and_signs(E...) {
    builder to;
    return look_at(to, sum_arranger(to, graph_of<E...>().view()).run(),
                   [](const graph_view& made, const buffer<char>& used) {
                       return count_of(made, used, [&](int id) {
                           return made[id].operation == operation_code<multiply_op> ||
                                  made[id].operation == operation_code<negate_op>;
                       });
                   });
}
constexpr constant<number{-2, 1, 0}> minus_two{};
static_assert(products_and_signs(a - 2_c * b, minus_two* b) == 1 && products_and_signs(a + 2_c * b, -(2_c * b)) == 1);
static_assert(products_and_signs(2_c * b - a, minus_two* b) == 2, "what is first in a difference has its sign");
static_assert(products_and_signs(a - 2_c * b, 2_c * b, minus_two* b) == 2, "nor is a result another number");
static_assert(products_and_signs(2_c * b + 2_c * a, minus_two* b, minus_two* a) <= 3);
static_assert(products_and_signs(a - 2_c * b, sin(2_c * b), minus_two* b) == 2);

constexpr auto signs = stack(a - 2_c * b, -2_c * b, a* c + (2_c * a - 3_c * b), 3_c * b + 2_c * a, -(3_c * b), -2_c * a,
                             (c - 5_c * d) - (5_c * d + a * b), -(5_c * d));
}  // namespace

TEST_CASE("what is made with the other sign is added and subtracted as such", "[transform]") {
    auto program = compile<double>(signs);
    const auto y = program(a = 2.0, b = 3.0, c = 5.0, d = 7.0);
    const double expected[] = {-4, -6, 5, 13, -9, -4, -71, -35};
    for (std::size_t i = 0; i < 8; ++i) CHECK(y.data()[i] == expected[i]);
}
TEST_CASE("sums are arranged at run time, too", "[transform]") {
    CHECK(arranged((exp(a) * b + a * c) + (a * d - c * d)) == counts{3, 1, 0});
    CHECK(!sum_arranger::suits(graph_of<std::remove_const_t<decltype(a * b + c)>>().view()));
}
