// Small programs, which are written out in scalars, and divisions by one number.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 10>;
constexpr auto w = cf::parameter<"w", 3>;
constexpr auto v = cf::input<"v", 3>;
constexpr auto M = cf::parameter<"M", 2, 3>;
constexpr auto s = cf::input<"s">;
constexpr auto left = slice<0, 9>(x);
constexpr auto rosenbrock = sum(100_c * square(slice<1, 9>(x) - square(left)) + square(1_c - left));

constexpr auto cross(auto a, auto b) {
    return stack(element<1>(a) * element<2>(b) - element<2>(a) * element<1>(b),
                 element<2>(a) * element<0>(b) - element<0>(a) * element<2>(b),
                 element<0>(a) * element<1>(b) - element<1>(a) * element<0>(b));
}
constexpr auto angle = sqrt(squared_norm(w));
constexpr auto axis = w / angle;
constexpr auto turned = cos(angle) * v + sin(angle) * cross(axis, v) + ((1_c - cos(angle)) * dot(axis, v)) * axis;
constexpr auto rotated = select(squared_norm(w) > 0_c, turned, v + cross(w, v));
}  // namespace

TEST_CASE("a Hessian of three diagonals") {
    constexpr auto hessian = cf::derivative(cf::derivative(rosenbrock, x), x);
    CHECK(worst<double>(hessian, shared(), sampled(x)) < 4);
    CHECK(worst<float>(cf::value_and_gradient(rosenbrock, x), shared(), sampled(x)) < 20);
}
TEST_CASE("a rotation and its Jacobians") {
    CHECK(worst<double>(rotated, shared(w), sampled(v)) < 20);
    CHECK(worst<double>(cf::derivative(rotated, w), shared(v), sampled(w)) < 60);
    CHECK(worst<double>(cf::derivative(rotated, v), shared(v), sampled(w)) < 20);
}
TEST_CASE("a rotation by nothing has a derivative") {
    auto program = cf::compile<double>(cf::derivative(rotated, w));
    const auto turn = program(w = std::array{0.0, 0.0, 0.0}, v = std::array{2.0, 3.0, 5.0});
    const double expected[] = {0, 5, -3, -5, 0, 2, 3, -2, 0};
    for (std::size_t i = 0; i < 9; ++i) CHECK(turn.data()[i] == expected[i]);
}
TEST_CASE("products, sums and outer products of a few numbers") {
    constexpr auto loss = squared_norm(M * v - slice<0, 2>(w)) + dot(M, outer(slice<1, 2>(v), w)) * s;
    CHECK(worst<double>(cf::value_and_gradient(loss, M, v, w, s), shared(M, w), sampled(v, s)) < 20);
    CHECK(worst<double>(transpose(M) * (M * v), shared(M), sampled(v)) < 20);
    CHECK(worst<double>(transpose(M), shared(M), sampled()) == 0);
}
TEST_CASE("divisions by one number, also where its reciprocal overflows") {
    constexpr auto X = cf::input<"X", 70>;
    auto program = cf::compile<double>(X / s);
    std::vector<double> values(70);
    for (std::size_t i = 0; i < 70; ++i) values[i] = static_cast<double>(i) - 30;
    for (const double divisor : {3.0, -0.7, 1e-310, 1e308, std::numeric_limits<double>::infinity()}) {
        for (double& value : values) value *= divisor < 1e-300 ? 1e-309 : 1;
        const auto quotients = program(X = values, s = divisor);
        for (std::size_t i = 0; i < 70; ++i) {
            CAPTURE(divisor, i);
            CHECK(std::abs(quotients(i) - values[i] / divisor) <= 1e-15 * std::abs(values[i] / divisor));
        }
    }
}
