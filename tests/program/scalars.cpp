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

constexpr auto a = cf::input<"a">;
constexpr auto b = cf::input<"b">;
constexpr auto c = cf::input<"c">;

// The order in which the scalars of a program are computed.
template <class E>
using plan_of = cf::planned<cf::expression_request<E>, double, cf::calling::one_sample>;
template <class E>
constexpr auto order_of =
    cf::scalar_order_finder<plan_of<E>::value.steps[0].member_count, typename plan_of<E>::plan_type>(
        plan_of<E>::graph().view(), plan_of<E>::value, plan_of<E>::value.steps[0], 8, true)
        .run();

// How many functions stand beside the first of each run.
template <class E, int... Together>
constexpr bool stand_together() {
    using plan = plan_of<E>;
    constexpr auto order = order_of<E>;
    constexpr int expected[] = {Together..., 0};
    int found = 0;
    for (int i = 0; i < order.count; i += order.items[static_cast<std::size_t>(i)].together) {
        const auto& item = order.items[static_cast<std::size_t>(i)];
        const int id = plan::value.members[static_cast<std::size_t>(item.member)];
        if (!cf::takes_long(plan::graph().view()[id].operation)) continue;
        if (found == sizeof...(Together) || expected[found++] != (item.partner < 0 ? item.together : -item.together))
            return false;
    }
    return found == sizeof...(Together);
}
template <int... Together>
constexpr bool together(auto e) {
    return stand_together<decltype(e), Together...>();
}
static_assert(together<3>(exp(a) + exp(b) * exp(c)));
static_assert(together<2, 1>(exp(exp(a)) * exp(b)));
static_assert(together<1, 2>(exp(log(a)) * exp(b)), "who has time waits for company");
static_assert(together<1, 1>(exp(exp(a) + b)));
static_assert(together<2, 1>(exp(log(a) + log(b))));
static_assert(together<-1>(sin(a) * cos(a)) && together<1, 1>(sin(a) * cos(b)), "a pair has one argument");
static_assert(together<-2>(erfc(a) * exp(-square(a)) * erfc(b) * exp(-square(b))));

constexpr auto turning = cf::derivative(rotated, w);
static_assert(order_of<std::remove_const_t<decltype(turning)>>.branch_count == 1, "all choices together");
constexpr auto small_choice = select(a > b, exp(a) * b, a - b);
static_assert(order_of<std::remove_const_t<decltype(small_choice)>>.branch_count == 0, "a choice between few operations");

// One of two long formulas, and another one by the choice.
constexpr auto power_of(auto at) { return square(square(square(at) + a) + b) + c; }
constexpr auto long_formula(auto at) {
    return power_of(power_of(at) * at + 1_c) * power_of(at - 2_c) / (2_c + square(at));
}
constexpr auto chosen = select(a > b, long_formula(a * c) + exp(c), long_formula(b - c) * sin(a));
constexpr auto chosen_twice = select(a > b, long_formula(tanh(chosen)), chosen - a) + tanh(chosen);
}  // namespace

TEST_CASE("what only one side of a choice needs") {
    CHECK(worst<double>(cf::value_and_gradient(chosen, a, b, c), shared(), sampled(a, b, c)) < 60);
    CHECK(worst<float>(chosen_twice, shared(), sampled(a, b, c)) < 60);
    CHECK(worst<double>(chosen_twice, shared(), sampled(a, b, c)) < 60);
}
TEST_CASE("functions side by side, and in pairs") {
    constexpr auto turns = sin(a) * cos(a) + sin(b + a) * cos(b + a) - sin(c);
    constexpr auto tails = normal_cdf(a - b) * exp(c) + normal_cdf(a) * exp(b);
    constexpr auto logs = log(2_c + a) * log(3_c + sigmoid(b)) - tanh(a) * tanh(tanh(c) + b) + log1p(square(b));
    CHECK(worst<double>(cf::value_and_gradient(turns, a, b, c), shared(), sampled(a, b, c)) < 20);
    CHECK(worst<double>(cf::value_and_gradient(tails, a, b, c), shared(), sampled(a, b, c)) < 20);
    CHECK(worst<float>(cf::value_and_gradient(tails, a, b, c), shared(), sampled(a, b, c)) < 20);
    CHECK(worst<double>(cf::value_and_gradient(logs, a, b, c), shared(), sampled(a, b, c)) < 20);
}
TEST_CASE("constant factors and products of scalars") {
    constexpr auto deep = square(3_c * a * (b - 2_c) * c) * 0.7_c + 5_c * a * b * a * c / (2_c + a);
    CHECK(worst<double>(cf::value_and_gradient(deep, a, b, c), shared(), sampled(a, b, c)) < 20);
    CHECK(worst<double>(cf::derivative(cf::derivative(deep, a), b), shared(), sampled(a, b, c)) < 20);
    constexpr auto ratio = log((2_c + a) / (3_c + b)) / (2_c + c);  // its derivatives divide by the same numbers
    CHECK(worst<double>(cf::value_and_gradient(square(ratio), a, b, c), shared(), sampled(a, b, c)) < 60);
}
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
TEST_CASE("results of many numbers, computed and copied") {
    constexpr auto many = stack(a * b, b, c, a + b, square(c), a, exp(a), b - c, a * c, c - a, b * b, square(a),
                                2_c * b, a, b, c, a, b, c, c, sin(b), b * c, square(a + c), a - 1_c);
    CHECK(worst<double>(many, shared(), sampled(a, b, c)) < 4);
    CHECK(worst<float>(many, shared(), sampled(a, b, c)) < 4);
    CHECK(worst<double>(cf::value_and_gradient(squared_norm(many), a, b, c), shared(), sampled(a, b, c)) < 60);
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
