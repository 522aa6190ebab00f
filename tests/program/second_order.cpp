// Derivatives of derivatives are expressions like any other.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 5>;
constexpr auto s = cf::input<"s">;
constexpr auto W = cf::parameter<"W", 4, 5>;
constexpr auto b = cf::parameter<"b", 4>;
constexpr auto h = tanh(W * x + b);
constexpr auto loss = square(log_sum_exp(h)) * s + dot(b, h);
}  // namespace

TEST_CASE("second derivatives of a scalar") {
    constexpr auto f = sin(s) * exp(s) / (1_c + square(s));
    CHECK(worst<double>(derivative(derivative(f, s), s), shared(), sampled(s)) < 60);
    CHECK(worst<float>(derivative(derivative(derivative(f, s), s), s), shared(), sampled(s)) < 200);
}
TEST_CASE("Jacobians") {
    CHECK(worst<double>(derivative(h, x), shared(W, b), sampled(x)) < 20);
    CHECK(worst<double>(derivative(softmax(h), b), shared(W), sampled(x, b)) < 20);
    CHECK(worst<double>(derivative(h * s, s), shared(W, b), sampled(x, s)) < 20);
    CHECK(worst<float>(derivative(softmax(x), x), shared(x), sampled()) < 20);
}
TEST_CASE("Hessians") {
    CHECK(worst<double>(derivative(derivative(loss, x), x), shared(W, b), sampled(x, s)) < 60);
    CHECK(worst<double>(derivative(derivative(loss, b), b), shared(W, x), sampled(b, s)) < 60);
    CHECK(worst<double>(derivative(derivative(loss, x), b), shared(W, x, b, s), sampled()) < 60);
}
TEST_CASE("a loss of a gradient") {
    constexpr auto penalty = squared_norm(derivative(loss, x));
    CHECK(worst<double>(cf::value_and_gradient(loss + penalty, W, b), shared(W, b), sampled(x, s)) < 200);
    CHECK(worst<double>(cf::value_and_gradient(penalty, W, s), shared(W, s, b), sampled(x)) < 200);
}
