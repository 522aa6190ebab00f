// SPDX-License-Identifier: BSL-1.0
// Sums of products of scalars: one after another, what is ready last at the end, where nothing is waited for longer.
#include <chainfold/transform/scalar_sums.hpp>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/transform/derivative.hpp>

#include "support/catch.hpp"

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
    buffer<int> outputs;
    for (const handle& output : sum_arranger(to, graph_of<E...>().view()).run()) outputs.push(output.id);
    graph_view made = to.view();
    made.outputs = outputs.data();
    made.output_count = outputs.size();
    const buffer<char> used = needed_nodes(made);
    counts found;
    buffer<int> behind(made.node_count, -1);
    const auto is_sum = [&](int id) {
        return made[id].operation == operation_code<add_op> || made[id].operation == operation_code<subtract_op>;
    };
    for (int id = 0; id < made.node_count; ++id) {
        if (used[id] == 0) continue;
        found.sums += is_sum(id);
        found.sums_of_sums += is_sum(id) && is_sum(made.operand(id, 0)) && is_sum(made.operand(id, 1));
        if (made[id].operation == operation_code<exp_op>) behind[id] = 0;
        for (int i = 0; i < made[id].count; ++i)
            if (const int before = behind[made.operand(id, i)]; before >= 0 && before + is_sum(id) > behind[id])
                behind[id] = before + is_sum(id);
        if (behind[id] > found.depth_behind_exp) found.depth_behind_exp = behind[id];
    }
    return found;
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
    buffer<int> outputs;
    for (const handle& output : sum_arranger(to, graph_of<E...>().view()).run()) outputs.push(output.id);
    graph_view made = to.view();
    made.outputs = outputs.data();
    made.output_count = outputs.size();
    const buffer<char> used = needed_nodes(made);
    int count = 0;
    for (int id = 0; id < made.node_count; ++id)
        count += used[id] != 0 &&
                 (made[id].operation == operation_code<multiply_op> || made[id].operation == operation_code<negate_op>);
    return count;
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
