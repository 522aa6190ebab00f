// SPDX-License-Identifier: BSL-1.0
// A multiple of a sum and a multiple of one of its terms.
#include <chainfold/transform/shared_multiples.hpp>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/program/compile.hpp>

#include "support/catch.hpp"
#include "transform/rewritten.hpp"

using namespace chainfold;
using namespace chainfold::literals;

namespace {

constexpr auto a = input<"a">;
constexpr auto b = input<"b">;
constexpr auto c = input<"c">;
constexpr auto d = input<"d">;

template <class E>
constexpr bool suits(E) {
    return shared_multiples::suits(graph_of<E>().view());
}
static_assert(suits(stack(3_c * (a * b), 3_c * (a * b - c / d))) && suits(stack(3_c * (a * b), 3_c * (c * d + a * b))));
static_assert(!suits(stack(3_c * (a * b), 2_c * (a * b - c / d))), "two numbers");
static_assert(!suits(stack(3_c * a, 3_c * (a - b))), "a difference of exact numbers is rounded once");
static_assert(!suits(stack(3_c * (a * b), 3_c * (a * b - c))));

/// How many multiplications there are afterwards.
template <class E>
constexpr int multiplications(E) {
    builder to;
    return look_at(
        to, shared_multiples(to, graph_of<E>().view()).run(), [](const graph_view& made, const buffer<char>& used) {
            return count_of(made, used, [&](int id) { return made[id].operation == operation_code<multiply_op>; });
        });
}
static_assert(multiplications(stack(3_c * (a * b), 3_c * (a * b - c / d))) == 3);  // a b, 3 a b, 3 (c / d)
static_assert(multiplications(stack(3_c * (a * b), 3_c * (a * b - c / d), a* b - c / d)) == 3,
              "it is needed elsewhere");

}  // namespace

TEST_CASE("a multiple of a difference is a difference of multiples", "[transform]") {
    auto program = compile<double>(stack(3_c * (a * b), 3_c * (a * b - c / d), 3_c * (c * d + a * b)));
    const auto y = program(a = 2.0, b = 5.0, c = 7.0, d = 4.0);
    const double expected[] = {30, 24.75, 114};
    for (std::size_t i = 0; i < 3; ++i) CHECK(y.data()[i] == expected[i]);
}
