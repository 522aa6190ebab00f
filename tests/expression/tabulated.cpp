// Activations, norms and losses against a table that NumPy made (tables.py), and where their edges are.
#include <array>
#include <cmath>
#include <limits>

#include <chainfold/expression/activation.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>
#include <chainfold/expression/normalise.hpp>
#include <chainfold/program/evaluate.hpp>

#include "expression/tables.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {

constexpr auto x = cf::input<"x", 10>;
constexpr auto w = cf::input<"w", 10>;
constexpr auto y = cf::input<"y", 5>;
constexpr auto t = cf::input<"t", 5>;
constexpr auto k = cf::input<"k">;
constexpr auto s = cf::input<"s">;

template <std::size_t N>
void agree(const auto& found, const double (&expected)[N], double tolerance) {
    for (std::size_t i = 0; i < N; ++i) {
        INFO("entry " << i << ": " << found(i) << ", expected " << expected[i]);
        CHECK(std::abs(found(i) - expected[i]) <= tolerance * (1 + std::abs(expected[i])));
    }
}

/// A function of each entry, and the derivative of ⟨w, f(x)⟩.
void entries(auto f, const auto& value, const auto& derivative) {
    agree(cf::evaluate(f(x), x = table::x), value, 1e-13);
    const auto found = cf::evaluate(gradient(dot(w, f(x)), x), x = table::x, w = table::weights);
    agree(found.gradient[x], derivative, 1e-8);
}
/// A loss, and its derivative by the prediction.
void loss(auto e, const auto& value, const auto& derivative, const auto&... target) {
    const auto found = cf::evaluate(value_and_gradient(e, y), y = table::y, target...);
    CHECK(std::abs(found.value - value[0]) <= 1e-13 * (1 + std::abs(value[0])));
    agree(found.gradient[y], derivative, 1e-8);
}

/// The value and the derivative at one point.
template <class F>
std::array<double, 2> at(F f, double point) {
    const auto found = cf::evaluate(value_and_gradient(f(s), s), s = point);
    return {found.value, found.gradient[s]};
}

}  // namespace

TEST_CASE("activations as NumPy computes them") {
    entries([](auto v) { return elu(v); }, table::elu, table::elu_derivative);
    entries([](auto v) { return gelu(v); }, table::gelu, table::gelu_derivative);
    entries([](auto v) { return gelu_tanh(v); }, table::gelu_tanh, table::gelu_tanh_derivative);
    entries([](auto v) { return silu(v); }, table::silu, table::silu_derivative);
    entries([](auto v) { return mish(v); }, table::mish, table::mish_derivative);
    agree(cf::evaluate(elu(x, 0.5_c), x = table::x), table::elu_half, 1e-13);
}
TEST_CASE("norms as NumPy computes them") {
    entries([](auto v) { return layer_norm(v); }, table::layer_norm, table::layer_norm_derivative);
    entries([](auto v) { return rms_norm(v); }, table::rms_norm, table::rms_norm_derivative);
    const std::array<double, 2> alike{3, 3};
    constexpr auto two = cf::input<"two", 2>;
    CHECK(cf::evaluate(layer_norm(two), two = alike)(0) == 0);
    CHECK(cf::evaluate(layer_norm(two, 1e-2_c), two = std::array{1.0, 3.0})(1) == Approx(1 / std::sqrt(1.01)));
    CHECK(cf::evaluate(rms_norm(two, 1_c), two = alike)(0) == Approx(3 / std::sqrt(10)));
    CHECK(cf::evaluate(rms_norm(two), two = std::array{0.0, 0.0})(0) == 0);
}
TEST_CASE("losses as NumPy computes them") {
    const auto target = t = table::t;
    const auto signs = t = table::signs;
    loss(squared_error(y, t), table::squared_error, table::squared_error_derivative, target);
    loss(mean_squared_error(y, t), table::mean_squared_error, table::mean_squared_error_derivative, target);
    loss(absolute_error(y, t), table::absolute_error, table::absolute_error_derivative, target);
    loss(mean_absolute_error(y, t), table::mean_absolute_error, table::mean_absolute_error_derivative, target);
    loss(huber(y, t), table::huber, table::huber_derivative, target);
    loss(huber(y, t, 0.5_c), table::huber_half, table::huber_half_derivative, target);
    loss(hinge(y, t), table::hinge, table::hinge_derivative, signs);
    loss(cross_entropy(y, t), table::cross_entropy, table::cross_entropy_derivative, target);
    loss(cross_entropy(y, t, 0.1_c), table::cross_entropy_smooth, table::cross_entropy_smooth_derivative, target);
    loss(binary_cross_entropy(y, t), table::binary_cross_entropy, table::binary_cross_entropy_derivative, target);
    loss(negative_log_likelihood(y, t), table::negative_log_likelihood, table::negative_log_likelihood_derivative, target);
    loss(kl_divergence(y, t), table::kl_divergence, table::kl_divergence_derivative, target);
}
TEST_CASE("losses of the number of a class") {
    const auto target = k = table::k;
    loss(hinge(y, k), table::hinge_class, table::hinge_class_derivative, target);
    loss(cross_entropy(y, k), table::cross_entropy_class, table::cross_entropy_class_derivative, target);
    loss(cross_entropy(y, k, 0.1_c), table::cross_entropy_class_smooth, table::cross_entropy_class_smooth_derivative, target);
    loss(negative_log_likelihood(y, k), table::negative_log_likelihood_class, table::negative_log_likelihood_class_derivative,
         target);
}
TEST_CASE("one_hot is 1 at its class and nowhere else") {
    for (int c = 0; c < 5; ++c) {
        const auto found = cf::evaluate(cf::one_hot<5>(k), k = c);
        for (int i = 0; i < 5; ++i) CHECK(found(i) == (i == c ? 1 : 0));
    }
    for (double none : {-1.0, 5.0, 1.5}) CHECK(cf::evaluate(sum(cf::one_hot<5>(k)), k = none) == 0);
    static_assert(cf::evaluate(cf::one_hot<3>(k), k = 2)(2) == 1);
}
TEST_CASE("edges of the activations") {
    const auto steep = [](auto f, double point, double value, double slope) {
        const auto found = at(f, point);
        CHECK(found[0] == Approx(value).margin(1e-300));
        CHECK(found[1] == Approx(slope).margin(1e-300));
    };
    for (double far : {800.0, 1e6, 1e15}) {  // where eˣ is infinite, or 0
        steep([](auto v) { return elu(v); }, far, far, 1);
        steep([](auto v) { return elu(v); }, -far, -1, 0);
        steep([](auto v) { return gelu(v); }, far, far, 1);
        steep([](auto v) { return gelu(v); }, -far, 0, 0);
        steep([](auto v) { return gelu_tanh(v); }, far, far, 1);
        steep([](auto v) { return gelu_tanh(v); }, -far, 0, 0);
        steep([](auto v) { return silu(v); }, far, far, 1);
        steep([](auto v) { return silu(v); }, -far, 0, 0);
        steep([](auto v) { return mish(v); }, far, far, 1);
        steep([](auto v) { return mish(v); }, -far, 0, 0);
    }
    // At the kink the slope is that of the left side, as in PyTorch.
    steep([](auto v) { return elu(v, 0.5_c); }, 0, 0, 0.5);
    steep([](auto v) { return elu(v); }, -1e-18, -1e-18, 1);
}
TEST_CASE("edges of the losses") {
    const auto huber_at = [](double e) { return at([](auto v) { return huber(v, 0_c, 0.5_c); }, e); };
    CHECK(huber_at(0.5) == std::array{0.125, 0.5});
    CHECK(huber_at(-0.5) == std::array{0.125, -0.5});
    CHECK(huber_at(0) == std::array{0.0, 0.0});
    CHECK(huber_at(1e9)[1] == 0.5);
    CHECK(at([](auto v) { return absolute_error(v, 0_c); }, 0) == std::array{0.0, 0.0});
    CHECK(at([](auto v) { return binary_cross_entropy(v, 1_c); }, -1e6) == std::array{1e6, -1.0});
    CHECK(at([](auto v) { return hinge(v, 1_c); }, 1) == std::array{0.0, 0.0});

    // 0 ln 0 = 0, for the target's derivative too.
    const std::array<double, 5> certain{0, 1, 0, 0, 0};
    const auto found = cf::evaluate(value_and_gradient(kl_divergence(y, t), y, t), y = table::y, t = certain);
    CHECK(found.value == -table::y[1]);
    for (std::size_t i = 0; i < 5; ++i) CHECK(std::isfinite(found.gradient[t](i)));

    // Scores far apart.
    const std::array<double, 5> scores{1e4, -1e4, 0, 3e4, 1};
    CHECK(cf::evaluate(cross_entropy(y, k), y = scores, k = 1) == 4e4);
    CHECK(cf::evaluate(cross_entropy(y, k), y = scores, k = 3) == 0);
    CHECK(cf::evaluate(hinge(y, k), y = scores, k = 3) == 0);
    CHECK(cf::evaluate(negative_log_likelihood(log_softmax(y), k), y = scores, k = 1) == 4e4);
}
