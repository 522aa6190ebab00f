// The numeric check passes what is right and fails what is wrong, empty or not a number.
#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "support/catch.hpp"

#include <chainfold/chainfold.hpp>
#include <chainfold/check/catch.hpp>

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
cf::gradient_report checked(E loss) {
    return cf::check_gradient(loss, x = sample, t = target, W = weights, b = bias);
}
const cf::passes passes;
}  // namespace

TEST_CASE("right gradients pass, with every activation") {
    CHECK_THAT(checked(cf::squared_error(tanh(layer), t)), passes);
    CHECK_THAT(checked(cf::squared_error(sigmoid(layer), t)), passes);
    CHECK_THAT(checked(cf::squared_error(relu(layer), t)), passes);
    CHECK_THAT(checked(cf::squared_error(leaky_relu(layer), t)), passes);
    CHECK_THAT(checked(cf::squared_error(softplus(layer), t)), passes);
    CHECK_THAT(checked(cf::squared_error(softmax(layer), t)), passes);
    CHECK_THAT(checked(cf::squared_error(log_softmax(layer), t)), passes);
    CHECK_THAT(checked(cf::squared_error(sin(layer) + exp(layer), t)), passes);
}
TEST_CASE("right gradients pass, with every loss") {
    CHECK_THAT(checked(cf::mean_squared_error(layer, t)), passes);
    CHECK_THAT(checked(cf::cross_entropy(layer, t)), passes);
    CHECK_THAT(checked(cf::binary_cross_entropy(layer, t)), passes);
    CHECK_THAT(checked(cf::squared_error(layer, t) + 0.1_c * squared_norm(W)), passes);
}
TEST_CASE("batches are checked too") {
    const std::array<double, 9> samples{0.3, -1.2, 0.8, 1, 2, 3, -1, 0.5, 0.25};
    const std::array<double, 6> targets{0, 1, 1, 0, 0.5, 0.5};
    const auto report = cf::check_gradient(cf::cross_entropy(tanh(layer), t), x = cf::batch(samples), t = cf::batch(targets),
                                           W = weights, b = bias);
    CHECK(report.passed());
    REQUIRE(report.entries.size() == 3);
    CHECK(report.entries[0].name == "W");
    CHECK(report.entries[0].checked == 6);
    CHECK(report.entries[1].name == "b");
    CHECK(report.entries[1].checked == 2);
    CHECK(report.entries[2].name == "direction");
    CHECK(report.entries[2].certified == 1);
}
TEST_CASE("float bindings are checked in double") {
    const std::array<float, 2> p{0.5f, 0.25f};
    CHECK(cf::check_gradient(squared_norm(tanh(b)), b = p).passed());
    CHECK(cf::check_gradient(square(s), s = 3).passed());
}

namespace {
/// What the check says of a claimed derivative of f at a point.
template <class E>
cf::gradient_report claimed_of(E, double at, double derivative) {
    cf::detail::checked_values checked(s = at);
    cf::gradient_report report;
    report.tolerance = 1e-6;
    cf::detail::checked_loss<E, decltype(checked)> loss({}, report.tolerance, checked);
    cf::detail::check_one(report, {}, loss, checked, &derivative);
    return report;
}
/// Of s³ at 2, which is 12.
cf::gradient_report claimed(double derivative) { return claimed_of(pow<3>(s), 2, derivative); }
cf::check_verdict verdict_of(const cf::gradient_report& report) { return report.entries.at(0).verdict; }
}  // namespace

TEST_CASE("a wrong derivative fails") {
    CHECK(claimed(12).passed());
    CHECK(!claimed(12.0001).passed());
    CHECK(!claimed(-12).passed());
    CHECK(!claimed(0).passed());
    CHECK(!claimed(6).passed());
    CHECK(!claimed(std::nan("")).passed());
    CHECK(!claimed(HUGE_VAL).passed());
    CHECK(verdict_of(claimed(12.0001)) == cf::check_verdict::fail);
    CHECK(claimed(12.0001).entries[0].numeric.value == Approx(12).epsilon(1e-11));
    CHECK(claimed(12.0001).entries[0].analytic == 12.0001);
}
TEST_CASE("the error bar holds the numeric value's error") {
    const auto found = [](auto f, double at, double exact) {
        const cf::numeric_slope n = claimed_of(f, at, exact).entries[0].numeric;
        CHECK(std::abs(n.value - exact) <= 4 * n.error + 1e-13 * std::abs(exact));
        CHECK(n.error < 1e-8 * std::abs(exact));
        CHECK(!n.has_kink);
    };
    found(exp(s), 1, std::exp(1.0));
    found(sin(s), 0.5, std::cos(0.5));
    found(log(s), 0.03, 1 / 0.03);
    found(exp(30_c * s), 0.2, 30 * std::exp(6.0));
    found(square(s), 1e6, 2e6);
    found(relu(s), 0.004, 1);  // a kink inside the first steps
}
TEST_CASE("a loss that is not a number fails") {
    CHECK(!cf::check_gradient(log(s), s = -1.0).passed());
}
TEST_CASE("a kink fails") {
    CHECK(!cf::check_gradient(relu(s), s = 0.0).passed());
    for (const auto& report : {cf::check_gradient(relu(s), s = 0.0), cf::check_gradient(maximum(s, 2_c * s), s = 0.0),
                               cf::check_gradient(abs(s) + square(s), s = 1e-6)})
        CHECK(verdict_of(report) == cf::check_verdict::kink);
    const auto sides = cf::check_gradient(leaky_relu(s) + 3_c * s, s = 0.0).entries.at(0).numeric;
    CHECK(sides.left == Approx(3.01));
    CHECK(sides.right == Approx(4));
    CHECK_THAT(cf::check_gradient(abs(s), s = 0.01), passes);
    CHECK_THAT(cf::check_gradient(square(20_c * s), s = 1e-5), passes);  // bent, not broken
}

namespace {
/// The operation that has its kink where s is 0.
template <class E>
std::string kink_of(E f) {
    return cf::check_gradient(f, s = 0.0).entries.at(0).bent.operation;
}
}  // namespace

TEST_CASE("the graph says which operation has the kink") {
    CHECK(kink_of(relu(2_c * s)) == "relu(2 * s)");
    CHECK(kink_of(abs(s)) == "abs(s)");
    CHECK(kink_of(maximum(s, 2_c * s)) == "maximum(s, 2 * s)");
    CHECK(kink_of(minimum(s, 0_c)) == "minimum(s, 0)");
    CHECK(kink_of(leaky_relu(s)) == "0 < s");
    CHECK(kink_of(elu(s, 2_c)) == "relu(s)");
    CHECK(kink_of(select(s <= 0_c, 3_c * s, s)) == "s <= 0");
    CHECK(kink_of(cf::hinge(stack(s + 1_c), stack(1_c / 1_c))) != "");
    CHECK(kink_of(exp(s)) == "");
}
TEST_CASE("an operation of a batch has its kink at an entry, in a sample") {
    const std::array<double, 9> samples{0.3, -1.2, 0.8, 1, 2, 3, 0, 0, 0};
    const std::array<double, 6> targets{0, 1, 1, 0, 0.5, 0.5};
    const std::array<double, 2> zero{0.5, 0};
    const auto report = cf::check_gradient(cf::squared_error(relu(layer), t), x = cf::batch(samples), t = cf::batch(targets),
                                           W = weights, b = zero);
    CHECK(!report.passed());
    const auto& entry = report.entries.at(1);
    CHECK(entry.verdict == cf::check_verdict::kink);
    CHECK(entry.worst == 1);
    CHECK(entry.bent.operation == "relu(W * x + b)");
    CHECK(entry.bent.entry == 1);
    CHECK(entry.bent.sample == 2);
    CHECK(entry.bent.left < 0);
    CHECK(entry.bent.right > 0);
    CHECK(report.to_string().find("of relu(W * x + b), entry 1, sample 2: from -2.5e-05 to 2.5e-05\n") != std::string::npos);
    CHECK(report.to_json().find(R"json("kink": "relu(W * x + b)")json") != std::string::npos);
}
TEST_CASE("where the graph knows of no kink a wrong derivative fails") {
    constexpr auto steep = tanh(1e6_c * s);  // for differences a step
    CHECK(verdict_of(claimed_of(steep + s, 0, 3)) != cf::check_verdict::kink);
    CHECK(verdict_of(claimed_of(relu(s), 0.5, 2)) == cf::check_verdict::fail);
    CHECK(verdict_of(claimed_of(relu(s), 1e-4, 2)) == cf::check_verdict::fail);
}
TEST_CASE("the loss is evaluated once at its point, and by the steps that are asked for") {
    int at_point = 0;
    double largest = 0;
    const auto f = [&](double w) {
        at_point += w == 2;
        largest = std::max(largest, std::abs(w - 2));
        return w * w;
    };
    CHECK(cf::slope_by_differences(f, 2, 4, 1e-3).value == Approx(4));
    CHECK(at_point == 0);
    CHECK(largest == Approx(1e-3));
    CHECK_THAT(cf::check_gradient(square(s), {.step = 1e-4}, s = 2.0), passes);
}
TEST_CASE("what rounding hides is not decided") {
    constexpr auto hidden = 1e12_c + sin(1e-3_c * s);  // slopes of 1e-3 beside 1e12
    CHECK(verdict_of(claimed_of(hidden, 1, 2e-3)) != cf::check_verdict::fail);
    CHECK(claimed_of(hidden, 1, 2e-3).entries[0].certified == 0);
    CHECK(!claimed_of(hidden, 1, 2e-3).passed());
}
TEST_CASE("where nothing is compared nothing passes") {
    const auto nothing = cf::check_gradient(squared_norm(x), x = sample);
    CHECK(!nothing.passed());
    CHECK(nothing.entries.empty());
    const auto zeros = cf::check_gradient(square(s - 2_c), s = 2.0);
    CHECK(zeros.entries.size() == 2);  // s, and the direction
    CHECK(!zeros.passed());
    const auto dead = cf::check_gradient(relu(s), s = -1.0);
    CHECK(!dead.passed());
    CHECK(dead.all_zero());
}
TEST_CASE("some entries of each symbol") {
    const auto report = cf::check_gradient(cf::squared_error(tanh(layer), t), {.samples = 2, .seed = 5}, x = sample,
                                           t = target, W = weights, b = bias);
    CHECK(report.passed());
    CHECK(report.entries.at(0).checked == 2);
    CHECK(report.entries.at(0).size == 6);
    CHECK(report.entries.at(1).checked == 2);
}
TEST_CASE("inputs too, where they are asked for") {
    const auto report = cf::check_gradient<double, cf::checked::inputs_too>(cf::squared_error(tanh(layer), t), x = sample,
                                                                            t = target, W = weights, b = bias);
    CHECK(report.passed());
    REQUIRE(report.entries.size() == 5);
    CHECK(report.entries[0].name == "x");
}
TEST_CASE("programs in float are checked with a tolerance of their own") {
    const std::array<float, 2> p{0.5f, 0.25f};
    const auto report = cf::check_gradient<float>(squared_norm(tanh(b)), b = p);
    CHECK(report.passed());
    CHECK(report.tolerance == 1e-3);
    CHECK(report.entries.at(0).largest_error > 1e-9);  // it is the program in float
    CHECK(!cf::check_gradient<float>(squared_norm(tanh(b)), {.tolerance = 1e-9}, b = p).passed());
}
TEST_CASE("second derivatives are gradients of gradients") {
    constexpr auto loss = cf::squared_error(tanh(layer), t);
    constexpr auto slopes = squared_norm(derivative(loss, W)) + squared_norm(derivative(loss, b));
    const auto report = checked(slopes);
    CHECK_THAT(report, passes);
    CHECK(report.entries.at(0).certified == 6);
    CHECK(report.entries.at(1).certified == 2);
    CHECK(self_test(slopes, x = sample, t = target, W = weights, b = bias));
    CHECK_THAT(checked(squared_norm(derivative(slopes, b))), passes);  // third
}
TEST_CASE("a matcher says what was found") {
    std::ostringstream out;
    out << passes.describe();
    CHECK(out.str() == "passes");
    CHECK_THAT(claimed(12), passes);
    CHECK_THAT(claimed(13), !passes);
    CHECK(Catch::Detail::stringify(claimed(13)).find("gradient FAILED") != std::string::npos);
}
TEST_CASE("a planted mistake is caught") {
    CHECK(self_test(cf::squared_error(tanh(layer), t), x = sample, t = target, W = weights, b = bias));
    CHECK(self_test(square(s), s = 3));
    CHECK(!self_test(square(s - 2_c), s = 2.0));  // nothing to plant it in
}
TEST_CASE("the report is text") {
    std::ostringstream right, wrong, nothing;
    right << claimed(12);
    wrong << claimed(13);
    nothing << cf::check_gradient(squared_norm(x), x = sample);
    CHECK(right.str().find("\ns          1 of 1 ") != std::string::npos);
    CHECK(right.str().find("gradient passed\n") != std::string::npos);
    CHECK(wrong.str().find("FAIL\n") != std::string::npos);
    CHECK(wrong.str().find(" 13 ") != std::string::npos);
    CHECK(wrong.str().find("gradient FAILED\n") != std::string::npos);
    CHECK(nothing.str().find("nothing to check") == 0);
    CHECK(cf::check_gradient(relu(s), s = 0.0).to_string().find("a kink at this entry: 0 on its left, 1 on its right") !=
          std::string::npos);
}
TEST_CASE("the report is JSON") {
    const std::string json = claimed(12).to_json();
    CHECK(json.find(R"({"passed": true, "tolerance": 9.9999999999999995e-07, "entries": [{"name": "s", "size": 1, )") == 0);
    CHECK(json.find(R"("analytic": 12, )") != std::string::npos);
    CHECK(json.find(R"("verdict": "pass"}]})") != std::string::npos);
    CHECK(claimed(std::nan("")).to_json().find(R"("analytic": null)") != std::string::npos);
}
