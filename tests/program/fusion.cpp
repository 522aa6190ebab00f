// What a loop takes in beside its entries: sums over them, means over the samples, factors, and overlapping parts.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {

constexpr auto x = cf::input<"x", 37>;
constexpr auto many = cf::input<"many", 2467>;
constexpr auto m = cf::input<"m">;
constexpr auto s = cf::input<"s">;

constexpr auto z = cf::input<"z", 4>;
constexpr auto weight = cf::parameter<"weight", 3>;
constexpr auto mean = cf::parameter<"mean", 3, 4>;
constexpr auto factor = cf::parameter<"factor", 3, 10>;

// A component of a Gaussian mixture: a lower triangular factor, its diagonal by logarithms.
template <std::size_t K>
constexpr auto exponent() {
    constexpr auto diagonal = slice<0, 4>(row<K>(factor));
    constexpr auto below = slice<4, 6>(row<K>(factor));
    constexpr auto d = z - row<K>(mean);
    return element<K>(weight) + sum(diagonal) -
           0.5_c * squared_norm(hadamard(exp(diagonal), d) + unpack_lower(below) * d);
}
constexpr auto mixture = log_sum_exp(stack(exponent<0>(), exponent<1>(), exponent<2>())) - log_sum_exp(weight);

}  // namespace

TEST_CASE("sums beside what else a loop computes, and factors that leave them") {
    constexpr auto density = sum(-0.5_c * square((x - m) / exp(s)) - s - 0.918938533204672742_c);
    CHECK(worst<double>(cf::value_and_gradient(density, m, s, x), shared(m, s, x), sampled()) < 20);
    CHECK(worst<float>(cf::value_and_gradient(density, m, x), shared(m, s), sampled(x)) < 20);
}
TEST_CASE("more sums over a long vector than registers hold") {
    constexpr auto two = sum(square((many - m) / exp(s)) - s);
    CHECK(worst<double>(cf::value_and_gradient(two, m, s, many), shared(m, s, many), sampled()) < 20);
    CHECK(worst<float>(cf::value_and_gradient(two, m, s, many), shared(m, s, many), sampled()) < 20);
    constexpr auto four = sum(many) * sum(square(many)) + sum(tanh(many)) * sum(sin(many));
    CHECK(worst<double>(cf::value_and_gradient(four, many), shared(many), sampled()) < 60);
}
TEST_CASE("a softmax and the logarithm of its sum") {
    CHECK(worst<double>(cf::value_and_gradient(log_sum_exp(x), x), shared(), sampled(x)) < 10);
}
TEST_CASE("means of triangles and vectors, tile by tile") {
    const auto gradient = cf::value_and_gradient(mixture, weight, mean, factor);
    CHECK(worst<double>(gradient, shared(weight, mean, factor), sampled(z)) < 20);
    CHECK(worst<float>(gradient, shared(weight, mean, factor), sampled(z)) < 20);
}
TEST_CASE("overlapping parts of a gradient") {
    constexpr auto left = slice<0, 36>(x);
    constexpr auto right = slice<1, 36>(x);
    constexpr auto f = sum(100_c * square(right - square(left)) + square(1_c - left)) + dot(left, right);
    CHECK(worst<double>(cf::value_and_gradient(f, x), shared(x), sampled()) < 10);
}
TEST_CASE("outputs that become the same are both written") {
    auto program = cf::compile<double>(sum(square(x)), dot(x, x));
    const std::vector<double> ones(37, 1.0);
    const auto [a, b] = program(x = std::span<const double, 37>(ones.data(), 37));
    CHECK(a == 37);
    CHECK(b == 37);
}
TEST_CASE("a factor that is no normal number is not used") {
    auto program = cf::compile<double>(-(x / s) / m);
    std::vector<double> in(37);
    for (std::size_t i = 0; i < 37; ++i) in[i] = 3e-308 * static_cast<double>(i + 1);
    for (const double divisor : {1e-310, 1e-200, 0.0, 1e300, 3.0}) {
        const auto& y = program(x = std::span<const double, 37>(in.data(), 37), s = divisor, m = 1e-20);
        for (std::size_t i = 0; i < 37; ++i) {
            const double expected = -(in[i] / divisor) / 1e-20;
            CHECK((y.data()[i] == expected || std::abs(y.data()[i] / expected - 1) < 1e-15));
        }
    }
}
