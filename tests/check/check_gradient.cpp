// The numeric check passes what is right and fails what is wrong, empty or not a number.
#include <cmath>
#include <sstream>
#include <string>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 3>;
constexpr auto t = cf::input<"t", 2>;
constexpr auto W = cf::parameter<"W", 2, 3>;
constexpr auto b = cf::parameter<"b", 2>;
constexpr auto s = cf::parameter<"s">;
constexpr auto layer = W * x + b;

const std::array<double, 3> sample{0.3, -1.2, 0.8};
const std::array<double, 2> target{0.2, 0.8}, bias{0.1, -0.4};
const std::array<double, 6> weights{0.5, -0.3, 0.9, -0.7, 0.2, 0.4};

template <class E>
bool passes(E loss) {
    return cf::check_gradient(loss, x = sample, t = target, W = weights, b = bias).passed();
}
}  // namespace

TEST_CASE("right gradients pass, with every activation") {
    CHECK(passes(cf::squared_error(tanh(layer), t)));
    CHECK(passes(cf::squared_error(sigmoid(layer), t)));
    CHECK(passes(cf::squared_error(relu(layer), t)));
    CHECK(passes(cf::squared_error(leaky_relu(layer), t)));
    CHECK(passes(cf::squared_error(softplus(layer), t)));
    CHECK(passes(cf::squared_error(softmax(layer), t)));
    CHECK(passes(cf::squared_error(log_softmax(layer), t)));
    CHECK(passes(cf::squared_error(sin(layer) + exp(layer), t)));
}
TEST_CASE("right gradients pass, with every loss") {
    CHECK(passes(cf::mean_squared_error(layer, t)));
    CHECK(passes(cf::cross_entropy(layer, t)));
    CHECK(passes(cf::binary_cross_entropy(layer, t)));
    CHECK(passes(cf::squared_error(layer, t) + 0.1_c * squared_norm(W)));
}
TEST_CASE("batches are checked too") {
    const std::array<double, 9> samples{0.3, -1.2, 0.8, 1, 2, 3, -1, 0.5, 0.25};
    const std::array<double, 6> targets{0, 1, 1, 0, 0.5, 0.5};
    const auto report = cf::check_gradient(cf::cross_entropy(tanh(layer), t), x = cf::batch(samples), t = cf::batch(targets),
                                           W = weights, b = bias);
    CHECK(report.passed());
    REQUIRE(report.entries.size() == 2);
    CHECK(report.entries[0].name == "W");
    CHECK(report.entries[0].checked == 6);
    CHECK(report.entries[1].name == "b");
    CHECK(report.entries[1].checked == 2);
}
TEST_CASE("float bindings are checked in double") {
    const std::array<float, 2> p{0.5f, 0.25f};
    CHECK(cf::check_gradient(squared_norm(tanh(b)), b = p).passed());
    CHECK(cf::check_gradient(square(s), s = 3).passed());
}

namespace {
/// What the check says of a claimed derivative of s³ at 2, which is 12.
cf::gradient_report claimed(double derivative) {
    auto loss = cf::compile<double>(pow<3>(s));
    cf::detail::checked_values checked(s = 2.0);
    cf::gradient_report report;
    cf::detail::check_one(report, loss, checked, &derivative, checked);
    return report;
}
}  // namespace

TEST_CASE("a wrong derivative fails") {
    CHECK(claimed(12).passed());
    CHECK(!claimed(12.0001).passed());
    CHECK(!claimed(-12).passed());
    CHECK(!claimed(0).passed());
    CHECK(!claimed(6).passed());
    CHECK(!claimed(std::nan("")).passed());
    CHECK(!claimed(HUGE_VAL).passed());
    CHECK(claimed(12.0001).entries[0].numeric == Approx(12).epsilon(1e-8));
}
TEST_CASE("a loss that is not a number fails") {
    CHECK(!cf::check_gradient(log(s), s = -1.0).passed());
}
TEST_CASE("a kink fails") {
    CHECK(!cf::check_gradient(relu(s), s = 0.0).passed());
}
TEST_CASE("where nothing is compared nothing passes") {
    const auto nothing = cf::check_gradient(squared_norm(x), x = sample);
    CHECK(!nothing.passed());
    CHECK(nothing.entries.empty());
    const auto zeros = cf::check_gradient(square(s - 2_c), s = 2.0);
    CHECK(zeros.entries.size() == 1);
    const auto dead = cf::check_gradient(relu(s), s = -1.0);
    CHECK(!dead.passed());
    CHECK(dead.all_zero);
}
TEST_CASE("the report is text") {
    std::ostringstream right, wrong, nothing;
    right << claimed(12);
    wrong << claimed(13);
    nothing << cf::check_gradient(squared_norm(x), x = sample);
    CHECK(right.str().find("s: 1 checked") == 0);
    CHECK(right.str().find("gradient passed\n") != std::string::npos);
    CHECK(wrong.str().find("FAILED") != std::string::npos);
    CHECK(wrong.str().find("analytic 13") != std::string::npos);
    CHECK(wrong.str().find("gradient FAILED\n") != std::string::npos);
    CHECK(nothing.str().find("nothing to check") == 0);
}
