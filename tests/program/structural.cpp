// Products, reductions and parts, compiled, with shared and batched operands in every combination.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto A = cf::input<"A", 3, 5>;
constexpr auto B = cf::input<"B", 5, 3>;
constexpr auto x = cf::input<"x", 5>;
constexpr auto y = cf::input<"y", 3>;

constexpr auto entries(auto e) { return sum(square(e)); }
}  // namespace

TEST_CASE("a matrix times a vector") {
    CHECK(worst<float>(A * x, shared(A), sampled(x)) < 20);
    CHECK(worst<float>(A * x, shared(x), sampled(A)) < 20);
    CHECK(worst<float>(A * x, shared(), sampled(A, x)) < 20);
    constexpr auto loss = cf::value_and_gradient(entries(A * x), A, x);
    CHECK(worst<double>(loss, shared(A), sampled(x)) < 20);
    CHECK(worst<double>(loss, shared(x), sampled(A)) < 20);
    CHECK(worst<double>(loss, shared(), sampled(A, x)) < 20);
}
TEST_CASE("a matrix times a matrix") {
    CHECK(worst<float>(A * B, shared(A), sampled(B)) < 20);
    CHECK(worst<float>(A * B, shared(B), sampled(A)) < 20);
    CHECK(worst<float>(A * B, shared(), sampled(A, B)) < 20);
    constexpr auto loss = cf::value_and_gradient(entries(A * B), A, B);
    CHECK(worst<double>(loss, shared(A), sampled(B)) < 30);
    CHECK(worst<double>(loss, shared(B), sampled(A)) < 30);
    CHECK(worst<double>(loss, shared(), sampled(A, B)) < 30);
}
TEST_CASE("a transposed matrix") {
    CHECK(worst<float>(transpose(A) * y, shared(A), sampled(y)) < 20);
    CHECK(worst<float>(transpose(A) * y, shared(y), sampled(A)) < 20);
    CHECK(worst<float>(transpose(A) * transpose(B) * x, shared(B), sampled(A, x)) < 20);
    CHECK(worst<float>(transpose(A * B), shared(B), sampled(A)) < 20);
    constexpr auto loss = cf::value_and_gradient(entries(transpose(A) * y - x), A, x, y);
    CHECK(worst<double>(loss, shared(A), sampled(x, y)) < 20);
    CHECK(worst<double>(loss, shared(y), sampled(A, x)) < 20);
}
TEST_CASE("outer and inner products") {
    CHECK(worst<float>(outer(x, y), shared(y), sampled(x)) < 20);
    CHECK(worst<float>(outer(x, y), shared(x), sampled(y)) < 20);
    CHECK(worst<float>(outer(x, y) - B, shared(), sampled(x, y, B)) < 20);
    CHECK(worst<float>(dot(A * x, y), shared(A), sampled(x, y)) < 20);
    CHECK(worst<float>(dot(outer(x, y), B), shared(x), sampled(B, y)) < 20);
    constexpr auto loss = cf::value_and_gradient(entries(outer(x, y) - B), B, x, y);
    CHECK(worst<double>(loss, shared(x, y), sampled(B)) < 20);
    CHECK(worst<double>(loss, shared(x), sampled(B, y)) < 20);
    CHECK(worst<double>(loss, shared(B, y), sampled(x)) < 20);
    CHECK(worst<double>(loss, shared(), sampled(B, x, y)) < 20);
}
TEST_CASE("reductions of a vector") {
    CHECK(worst<float>(softmax(A * x), shared(A), sampled(x)) < 20);
    CHECK(worst<float>(softmax(A * x), shared(x), sampled(A)) < 20);
    CHECK(worst<float>(log_softmax(x) * sum(A), shared(A), sampled(x)) < 60);
    constexpr auto loss = cf::value_and_gradient(dot(softmax(A * x), y) + log_sum_exp(10_c * x) * mean(A), A, x, y);
    CHECK(worst<double>(loss, shared(A), sampled(x, y)) < 60);
    CHECK(worst<double>(loss, shared(), sampled(A, x, y)) < 60);
}
