// Lengths around those of registers and tiles, in every type.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {

template <class T, std::size_t N>
void check() {
    constexpr auto x = cf::input<"x", N>;
    constexpr auto t = cf::input<"t">;
    constexpr auto W = cf::parameter<"W", N, N>;
    constexpr auto b = cf::parameter<"b", N>;
    constexpr auto h = tanh(W * x + b);
    constexpr auto loss = square(log_sum_exp(h) + dot(h, x) * t - mean(softmax(x)));
    INFO("size " << N);
    CHECK(worst<T>(cf::value_and_gradient(loss, W, b, x), shared(W, b), sampled(x, t)) < 20 + 4 * static_cast<long double>(N));
}
template <class T, std::size_t N>
void check_outputs() {
    constexpr auto x = cf::input<"x", N>;
    constexpr auto A = cf::parameter<"A", 17, N>;
    INFO("size " << N);
    CHECK(worst<T>(A * x, shared(A), sampled(x)) < 20);
    CHECK(worst<T>(hadamard(x, x) - x, shared(), sampled(x)) < 4);
}

}  // namespace

TEMPLATE_TEST_CASE("sizes 1, 3, 7", "", float, double) {
    check<TestType, 1>();
    check<TestType, 3>();
    check<TestType, 7>();
}
TEST_CASE("sizes 16, 17, 33, 64") {
    check<float, 16>();
    check<float, 17>();
    check<double, 33>();
    check<float, 64>();
}
TEST_CASE("long double") {
    check<long double, 3>();
    check<long double, 17>();
}
TEMPLATE_TEST_CASE("outputs of sizes", "", float, double, long double) {
    check_outputs<TestType, 1>();
    check_outputs<TestType, 7>();
    check_outputs<TestType, 33>();
}
// 227 rows leave a rest of most of a register tile, whether that has 3, 6 or 12 of them.
TEMPLATE_TEST_CASE("many rows", "", float, double) {
    constexpr auto x = cf::input<"x", 9>;
    constexpr auto y = cf::input<"y", 227>;
    constexpr auto A = cf::parameter<"A", 227, 9>;
    constexpr auto B = cf::parameter<"B", 9, 227>;
    CHECK(worst<TestType>(A * x, shared(A), sampled(x)) < 20);
    CHECK(worst<TestType>(transpose(B) * x, shared(B), sampled(x)) < 20);
    CHECK(worst<TestType>(cf::value_and_gradient(sum(tanh(A * x) - y), A), shared(A), sampled(x, y)) < 40);
}
