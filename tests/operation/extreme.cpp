// Logits of ±1000, and branches that must stay silent: values and gradients are finite in double and in float.
#include "support/catch.hpp"

#include <array>
#include <cmath>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/program/evaluate.hpp>

namespace {

using namespace chainfold;
using namespace chainfold::literals;

constexpr auto s = input<"s">;
constexpr auto x = input<"x", 3>;
constexpr auto t = input<"t", 3>;

bool finite(double value) { return std::isfinite(value); }
template <class T, std::size_t... N>
bool finite(const tensor<T, N...>& values) {
    for (const T& value : values)
        if (!std::isfinite(value)) return false;
    return true;
}

TEMPLATE_TEST_CASE("activations far out", "", double, float) {
    using T = TestType;
    const auto both = [](auto f, T at) {
        const auto r = evaluate(value_and_gradient(f, s), s = at);
        const T second = evaluate(derivative(derivative(f, s), s), s = at);
        CHECK(finite(r.value));
        CHECK(finite(r.gradient[s]));
        CHECK(finite(second));
        return std::array{r.value, r.gradient[s]};
    };
    CHECK(both(sigmoid(s), T(1000)) == std::array{T(1), T(0)});
    CHECK(both(sigmoid(s), T(-1000)) == std::array{T(0), T(0)});
    CHECK(both(tanh(s), T(1000)) == std::array{T(1), T(0)});
    CHECK(both(tanh(s), T(-1000)) == std::array{T(-1), T(0)});
    CHECK(both(softplus(s), T(1000)) == std::array{T(1000), T(1)});
    CHECK(both(softplus(s), T(-1000)) == std::array{T(0), T(0)});
    CHECK(both(relu(s), T(-1000)) == std::array{T(0), T(0)});
    CHECK(both(binary_cross_entropy(s, 1_c), T(1000)) == std::array{T(0), T(0)});
    CHECK(both(binary_cross_entropy(s, 1_c), T(-1000)) == std::array{T(1000), T(-1)});
    CHECK(both(binary_cross_entropy(s, 0_c), T(1000)) == std::array{T(1000), T(1)});
}

TEMPLATE_TEST_CASE("softmax and its losses far out", "", double, float) {
    using T = TestType;
    for (const std::array<T, 3>& logits : {std::array<T, 3>{1000, -1000, 0}, {-1000, -1000, -1000}, {1000, 1000, 999}}) {
        CHECK(finite(evaluate(softmax(x), x = logits)));
        CHECK(finite(evaluate(log_softmax(x), x = logits)));
        CHECK(finite(evaluate(log_sum_exp(x), x = logits)));
        CHECK(finite(evaluate(derivative(softmax(x), x), x = logits)));
        CHECK(finite(evaluate(derivative(log_softmax(x), x), x = logits)));
        CHECK(finite(evaluate(derivative(derivative(log_sum_exp(x), x), x), x = logits)));
    }
    const std::array<T, 3> logits{1000, -1000, 0}, target{0, 1, 0};
    const auto r = evaluate(value_and_gradient(cross_entropy(x, t), x), x = logits, t = target);
    CHECK(r.value == T(2000));
    CHECK(r.gradient[x](0) == T(1));
    CHECK(r.gradient[x](1) == T(-1));
    CHECK(r.gradient[x](2) == T(0));
    const auto p = evaluate(softmax(x), x = std::array<T, 3>{1000, 1000, -1000});
    CHECK(p(0) == T(0.5));
    CHECK(p(2) == T(0));
    const auto many = evaluate(value_and_gradient(binary_cross_entropy(x, t), x), x = logits, t = target);
    CHECK(std::abs(many.value - T(2000 + std::log(2.0))) < T(1e-3));
    CHECK(many.gradient[x](0) == T(1));
    CHECK(many.gradient[x](1) == T(-1));
}

TEST_CASE("a branch that is not taken gives nothing to the derivative, not even 0 times infinity") {
    const auto by_s = [](auto f, double at) { return evaluate(derivative(f, s), s = at); };
    CHECK(by_s(select(s > 0_c, sqrt(s), 0_c), -1.0) == 0);
    CHECK(by_s(select(s > 0_c, sqrt(s), 0_c), 0.0) == 0);
    CHECK(by_s(select(s > 0_c, log(s), s), 0.0) == 1);
    CHECK(by_s(select(s > 0_c, 1_c / s, 3_c * s), 0.0) == 3);
    CHECK(by_s(relu(log(s)), 0.0) == 0);
    CHECK(by_s(maximum(0_c, log(s)), 0.0) == 0);
    CHECK(by_s(derivative(select(s > 0_c, sqrt(s), 0_c), s), 0.0) == 0);
}

}  // namespace
