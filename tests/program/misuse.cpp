// SPDX-License-Identifier: BSL-1.0
// What only the run knows of a call: sizes, addresses, rooms.  Nothing is written before a refusal.
#include <span>
#include <vector>

#include <chainfold/expression/literal.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/program/evaluate.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {

constexpr auto x = cf::input<"x", 2>;
constexpr auto w = cf::parameter<"w", 2>;

}  // namespace

TEST_CASE("numbers that are too few, nowhere, or between two addresses") {
    auto f = cf::compile<float>(2_c * x + w);
    const std::vector<float> many{1, 2, 3, 4, 5, 6}, weights{1, 1};
    std::vector<float> out(6, -1.0f);
    const std::span<const float> in = many, two = weights;
    CHECK_THROWS_WITH(f(x = in.first(2), w = two.first(1)), "w: expected 2 numbers, found 1");
    CHECK_THROWS_WITH(f(x = cf::batch(in.first(0)), w = two, cf::into(out)), "x: a batch must hold at least one sample, found none");
    CHECK_THROWS_WITH(f(x = cf::batch(in.first(5)), w = two, cf::into(out)),
                      "x: a batch of samples of 2 numbers, found 5, which is no whole number of samples");
    CHECK_THROWS_WITH(f(x = cf::batch(in.first(4)), w = two, cf::into(out)), "into(...): expected 4 numbers, found 6");

    alignas(float) unsigned char bytes[7 * sizeof(float)]{};
    auto* const between = reinterpret_cast<float*>(bytes + 2);
    const cf::batch_of_samples<float> misplaced{between, 6};
    const std::string advice = ": expected numbers at an address that is a multiple of 4, found another: copy them to an array "
                               "of their type";
    CHECK_THROWS_WITH(f(x = misplaced, w = two, cf::into(out)), "x" + advice);
    CHECK_THROWS_WITH(f(x = cf::batch(in), w = two, cf::output_span<float>{between, 6}), "into(...)" + advice);
    CHECK(out == std::vector<float>(6, -1.0f));
}
TEST_CASE("outputs have room of their own") {
    auto f = cf::compile<float>(2_c * x + w);
    std::vector<float> room{1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<float> before = room, weights{1, 1};
    const std::span<float> all = room;
    CHECK_THROWS_WITH(f(x = cf::batch(all.first(4)), w = weights, cf::into(all.subspan(2, 4))),
                      "into(...): the outputs would be written over the numbers of x: give them room of their own");
    CHECK_THROWS_WITH(f(x = cf::batch(all.first(4)), w = all.subspan(5, 2), cf::into(all.subspan(4, 4))),
                      "into(...): the outputs would be written over the numbers of w: give them room of their own");
    CHECK(room == before);
    f(x = cf::batch(all.first(4)), w = weights, cf::into(all.subspan(4, 4)));  // side by side
    CHECK(room == std::vector<float>{1, 2, 3, 4, 3, 5, 7, 9});
}
TEST_CASE("evaluate says what it expected") {
    const std::vector<double> three(3);
    CHECK_THROWS_WITH(cf::evaluate(sum(x), x = three), "x: expected 2 numbers, found 3");
}
TEST_CASE("values in braces are bound for the call") {
    auto f = cf::compile<double>(sum(x));
    CHECK(f(x = {1.5, 2.0}) == 3.5);
    static_assert(cf::evaluate(sum(x), x = {1.5, 2.0}) == 3.5);
}
