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

namespace {
constexpr auto l = cf::input<"l", 10>;
constexpr auto q = cf::input<"q", 15>;
constexpr auto P = cf::input<"P", 3, 10>;

// How often a program for batches of x forms a mean as a product of matrices, over the samples.
template <class E, class B>
constexpr int products_over_samples(E, B) {
    int count = 0;
    for (const cf::planned_step& step : cf::detail::plan_for<cf::request_of<E>, float, false, B>::value.steps)
        count += step.kind == cf::step_kind::accumulate_outer;
    return count;
}

// a diagonal and the entries below it in one vector
constexpr auto whitened(auto both, auto v) {
    return hadamard(exp(slice<0, 5>(both)), v) + unpack_lower(slice<5, 10>(both)) * v;
}
}  // namespace

TEST_CASE("packed triangles") {
    CHECK(worst<float>(unpack_lower(l) * x, shared(l), sampled(x)) < 20);
    CHECK(worst<float>(unpack_lower(l) * x, shared(x), sampled(l)) < 20);
    CHECK(worst<float>(pack_lower(outer(x, x)) - l, shared(), sampled(l, x)) < 20);
    constexpr auto loss = cf::value_and_gradient(entries(whitened(q, x)), q, x);
    CHECK(worst<double>(loss, shared(q), sampled(x)) < 30);
    CHECK(worst<double>(loss, shared(x), sampled(q)) < 30);
    CHECK(worst<double>(loss, shared(), sampled(q, x)) < 30);
    const std::array<float, 5> one{};
    CHECK(products_over_samples(cf::gradient(entries(unpack_lower(l) * x), l), x = cf::batch(one)) == 1);
    CHECK(products_over_samples(cf::gradient(entries(whitened(q, x)), q), x = cf::batch(one)) == 1);
    constexpr auto rows = entries(unpack_lower(row<0>(P)) * x) - entries(unpack_lower(row<2>(P)) * (x - 1_c));
    CHECK(worst<double>(cf::value_and_gradient(rows, P, x), shared(P), sampled(x)) < 30);
    CHECK(worst<double>(cf::gradient(squared_norm(derivative(entries(whitened(q, x)), q)), q, x), shared(q), sampled(x)) < 100);
}

TEST_CASE("equal steps of which one reads the same value twice") {
    constexpr auto a = cf::input<"a", 70>;
    constexpr auto b = cf::input<"b", 70>;
    auto products = cf::compile<double>(outer(a, a), outer(a, b), outer(b, b));
    const std::vector<double> ones(70, 1.0), twos(70, 2.0);
    const auto [aa, ab, bb] = products(a = ones, b = twos);
    CHECK(aa(3, 5) == 1);
    CHECK(ab(3, 5) == 2);
    CHECK(bb(3, 5) == 4);
}
