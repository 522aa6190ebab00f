// Networks: one hidden layer, several, wide and narrow, with the usual losses; the gradient by everything.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/expression/loss.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 19>;
constexpr auto t = cf::input<"t", 10>;
constexpr auto W1 = cf::parameter<"W1", 33, 19>;
constexpr auto b1 = cf::parameter<"b1", 33>;
constexpr auto W2 = cf::parameter<"W2", 16, 33>;
constexpr auto b2 = cf::parameter<"b2", 16>;
constexpr auto W3 = cf::parameter<"W3", 10, 16>;
constexpr auto b3 = cf::parameter<"b3", 10>;

constexpr auto network(auto activation) {
    return W3 * activation(W2 * activation(W1 * x + b1) + b2) + b3;
}
template <class T>
real gradient_error(auto loss) {
    return worst<T>(cf::value_and_gradient(loss, W1, b1, W2, b2, W3, b3), shared(W1, b1, W2, b2, W3, b3), sampled(x, t));
}
}  // namespace

TEST_CASE("a classifier") {
    constexpr auto logits = network([](auto h) { return relu(h); });
    CHECK(gradient_error<float>(cf::cross_entropy(logits, t)) < 200);
    CHECK(worst<float>(softmax(logits), shared(W1, b1, W2, b2, W3, b3), sampled(x)) < 100);
}
TEST_CASE("a regression with an L2 penalty") {
    constexpr auto y = network([](auto h) { return tanh(h); });
    constexpr auto penalty = 0.01_c * (squared_norm(W1) + squared_norm(W2) + squared_norm(W3));
    CHECK(gradient_error<float>(cf::mean_squared_error(y, t) + penalty) < 200);
}
TEST_CASE("binary outputs") {
    constexpr auto y = network([](auto h) { return sigmoid(h); });
    CHECK(gradient_error<double>(cf::binary_cross_entropy(y, t)) < 200);
}
TEST_CASE("by the input too, and by it alone") {
    constexpr auto y = network([](auto h) { return softplus(h); });
    constexpr auto loss = cf::squared_error(y, t);
    CHECK(worst<double>(cf::gradient(loss, x, W1), shared(W1, b1, W2, b2, W3, b3), sampled(x, t)) < 200);
    CHECK(worst<double>(derivative(loss, x), shared(W1, b1, W2, b2, W3, b3), sampled(x, t)) < 200);
}
