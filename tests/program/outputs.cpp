// What an output may be: a symbol, a part of one, a number, the same as another, something without a batch.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 3>;
constexpr auto y = cf::input<"y", 3>;
constexpr auto s = cf::input<"s">;
constexpr auto w = cf::parameter<"w", 3>;
constexpr auto v = cf::parameter<"v">;
constexpr auto W = cf::parameter<"W", 3, 3>;
constexpr auto U = cf::parameter<"U", 3, 3>;
}  // namespace

TEST_CASE("an output may be a leaf") {
    CHECK(worst<float>(s, shared(), sampled(s)) < 4);
    CHECK(worst<float>(x, shared(), sampled(x)) == 0);
    CHECK(worst<float>(W, shared(), sampled(W)) == 0);
    CHECK(worst<float>(-x, shared(), sampled(x)) == 0);
    CHECK(cf::compile<float>(3_c)() == 3);
    CHECK(cf::compile<double>(2_c + 0.5_c)() == 2.5);
    CHECK(cf::compile<double>(derivative(square(s), w))(s = 1.0, w = std::array{1.0, 1.0, 1.0})(2) == 0);
}
TEST_CASE("several expressions are taken apart by a structured binding") {
    auto program = cf::compile<double>(s * x, x, s, s * x, 4_c, element<1>(x), dot(x, x), x, W * x);
    const std::array<double, 3> given{1, 2, 3};
    const std::array<double, 9> matrix{1, 0, 0, 0, 1, 0, 0, 0, 2};
    auto [scaled, same, scalar, again, four, part, norm, third, product] = program(s = 2.0, x = given, W = matrix);
    CHECK((scaled(0) == 2 && scaled(1) == 4 && scaled(2) == 6));
    CHECK((same(0) == 1 && same(1) == 2 && same(2) == 3));
    CHECK(scalar == 2);
    CHECK((again(0) == 2 && again(2) == 6));
    CHECK(four == 4);
    CHECK(part == 2);
    CHECK(norm == 14);
    CHECK((third(0) == 1 && third(2) == 3));
    CHECK((product(0) == 1 && product(2) == 6));
}
TEST_CASE("several scalars and a batch: the mean of each") {
    auto program = cf::compile<double>(s, square(s), 1_c, v, s * v, square(s));
    const std::vector<double> samples{1, 2, 3, 4, 5, 6, 7};
    auto [mean, second, one, fixed, scaled, again] = program(s = cf::batch(samples), v = 3.0);
    CHECK(mean == Approx(4));
    CHECK(second == Approx(20));
    CHECK(one == 1);
    CHECK(fixed == 3);
    CHECK(scaled == Approx(12));
    CHECK(again == Approx(20));
}
TEST_CASE("gradients that are zero, constant, or the same") {
    CHECK(worst<float>(cf::value_and_gradient(sum(x), x, w, W, v), shared(), sampled(x)) < 20);
    CHECK(worst<float>(cf::value_and_gradient(v * s + dot(w, w), v, w, s), shared(v, w), sampled(s)) < 20);
    CHECK(worst<float>(cf::gradient(dot(w + x, w + x), w, x), shared(w), sampled(x)) < 20);
    CHECK(worst<double>(cf::gradient(sum(W * x) + sum(U * x), W, U, x), shared(W, U), sampled(x)) < 20);
}
TEST_CASE("a weight used twice, an L2 term, sums of outer products") {
    constexpr auto h = tanh(W * x + w);
    constexpr auto loss = squared_norm(W * h + w - y) + 0.01_c * squared_norm(W) + 0.1_c * squared_norm(w);
    CHECK(worst<float>(cf::value_and_gradient(loss, W, w), shared(W, w), sampled(x, y)) < 40);
    CHECK(worst<double>(cf::value_and_gradient(loss, W, w, x, y), shared(W, w), sampled(x, y)) < 40);
    CHECK(worst<double>(cf::value_and_gradient(loss, W, w, x, y), shared(W, w, y), sampled(x)) < 40);
    constexpr auto tied = squared_norm(transpose(W) * h - x) + dot(outer(x, y), W * U);
    CHECK(worst<double>(cf::value_and_gradient(tied, W, U, w), shared(W, U, w), sampled(x, y)) < 40);
    CHECK(worst<double>(cf::gradient(tied * v + dot(w, x), W, U, w, v), shared(W, U, w, v), sampled(x, y)) < 40);
}
TEST_CASE("a scalar factor that depends on the sample") {
    constexpr auto loss = s * dot(W * x, y) + square(s) * squared_norm(U * y) / (1_c + square(s));
    CHECK(worst<double>(cf::value_and_gradient(loss, W, U, s), shared(W, U), sampled(x, y, s)) < 40);
}
