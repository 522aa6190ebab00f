// An objective is its expression: the same numbers as evaluate, the slopes of central differences, errors with names.
#include <chainfold/solver/objective.hpp>

#include <vector>

#include "solver/rosenbrock.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;
using Catch::Matchers::Message;

namespace {
constexpr auto x = cf::input<"x", 3>;
constexpr auto t = cf::input<"t", 2>;
constexpr auto W = cf::parameter<"W", 2, 3>;
constexpr auto b = cf::parameter<"b", 2>;
constexpr auto s = cf::parameter<"s">;
constexpr auto loss = squared_error(s * tanh(W * x + b), t);

const std::vector<double> inputs{0.3, -1.2, 0.8, 1, 2, 3, -1, 0.5, 0.25}, targets{0, 1, 1, 0, 0.5, 0.5};
const std::vector<double> point{0.1, -0.4, 1.5, 0.5, -0.3, 0.9, -0.7, 0.2, 0.4};  // b, s, W

double mean_of_evaluated(const std::vector<double>& at) {
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i)
        sum += cf::evaluate(loss, b = std::span(at).first<2>(), s = at[2], W = std::span(at).subspan<3, 6>(),
                            x = std::span(inputs).subspan(3 * i, 3), t = std::span(targets).subspan(2 * i, 2));
    return sum / 3;
}
}  // namespace

TEST_CASE("parameters stand one after another in the order given, and a batch means its mean") {
    auto f = cf::objective(loss, b, s, W, x = cf::batch(inputs), t = cf::batch(targets));
    static_assert(f.size() == 9);
    std::vector<double> gradient(9);
    const double value = f.value_and_gradient(point, gradient);
    CHECK(value == Approx(mean_of_evaluated(point)).epsilon(1e-14));
    CHECK(f.value(point) == Approx(value).epsilon(1e-14));
    for (std::size_t i = 0; i < 9; ++i) {
        std::vector<double> up = point, down = point;
        up[i] += 1e-5;
        down[i] -= 1e-5;
        CHECK(gradient[i] == Approx((f.value(up) - f.value(down)) / 2e-5).epsilon(1e-8).margin(1e-9));
    }
    CHECK(f.parts(point)[s] == 1.5);
    CHECK(f.parts(point)[W](1, 2) == 0.4);
    CHECK(f.parts(gradient)[b](1) == gradient[1]);
}
TEST_CASE("single values are copied and converted, batches are referred to") {
    std::vector<double> changing = inputs;
    auto f = [&] {
        const std::vector<float> forgotten{0.25f, 0.75f};
        return cf::objective(loss, W, x = cf::batch(changing), t = forgotten, b = std::array{1, 2}, s = 2);
    }();
    const auto expected = [&] {
        const std::vector<double> same{0.25, 0.75}, bias{1, 2};
        return cf::objective(loss, W, x = cf::batch(changing), t = same, b = bias, s = 2.0)
            .value(std::span(point).first(6));
    };
    CHECK(f.value(std::span(point).first(6)) == expected());
    const double before = expected();
    changing[0] = 2;
    CHECK(f.value(std::span(point).first(6)) == expected());
    CHECK(before != expected());
}
TEST_CASE("an objective computes in the type that it is made for") {
    auto f = cf::objective<float>(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 1);
    const std::array<float, 2> at{-1.2f, 1};
    std::array<float, 2> gradient{};
    CHECK(f.value_and_gradient(at, gradient) == Approx(24.2f));
    CHECK(gradient[0] == Approx(-215.6f));
    CHECK(gradient[1] == Approx(-88.0f));
}
TEST_CASE("copies of an objective are independent of each other") {
    auto f = cf::objective(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 1);
    auto g = f;
    const std::array at{-1.2, 1.0};
    std::array<double, 2> gradient{};
    CHECK(g.value_and_gradient(at, gradient) == f.value(at));
    CHECK(gradient[1] == Approx(-88));
}
TEST_CASE("blocks of the wrong size are refused before anything is written") {
    auto f = cf::objective(rosenbrock::valley, rosenbrock::p, rosenbrock::a = 1);
    std::vector<double> two{3, 4}, three{5, 6, 7};
    CHECK_THROWS_MATCHES(f.value(three), std::invalid_argument,
                         Message("objective: the point: expected 2 numbers, found 3"));
    CHECK_THROWS_MATCHES(f.value_and_gradient(three, two), std::invalid_argument,
                         Message("objective: the point: expected 2 numbers, found 3"));
    CHECK_THROWS_MATCHES(f.value_and_gradient(two, three), std::invalid_argument,
                         Message("objective: the gradient: expected 2 numbers, found 3"));
    CHECK_THROWS_MATCHES(f.value_and_gradient(two, {}), std::invalid_argument,
                         Message("objective: the gradient: expected 2 numbers, found 0"));
    CHECK_THROWS_MATCHES(f.parts(three), std::invalid_argument,
                         Message("objective: the block: expected 2 numbers, found 3"));
    CHECK(two == std::vector<double>{3, 4});
    CHECK(three == std::vector<double>{5, 6, 7});
}
TEST_CASE("data of the wrong size is refused when the objective is made") {
    const std::vector<double> eight(8), one(1);
    CHECK_THROWS_MATCHES(cf::objective(loss, b, s, W, x = cf::batch(eight), t = cf::batch(targets)),
                         std::invalid_argument,
                         Message("x: a batch of samples of 3 numbers, found 8, which is no whole number of samples"));
    CHECK_THROWS_MATCHES(
        cf::objective(loss, b, s, W, x = cf::batch(inputs), t = cf::batch(std::span(targets).first(4))),
        std::invalid_argument, Message("t: all batches of a call must be of one length: expected 3 samples, found 2"));
    CHECK_THROWS_MATCHES(cf::objective(loss, s, W, x = cf::batch(inputs), t = cf::batch(targets), b = one),
                         std::invalid_argument, Message("b: expected 2 numbers, found 1"));
}
