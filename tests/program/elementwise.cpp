// Every elementwise operation, compiled: values for each sample, the mean of a loss and its gradient.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 7>;
constexpr auto s = cf::input<"s">;
constexpr auto w = cf::parameter<"w", 7>;
constexpr auto positive = square(x) + 0.25_c;  // inside every domain

template <class E>
void check(E e) {
    CHECK(worst<float>(e, shared(w), sampled(x, s)) < 40);
    CHECK(worst<double>(cf::value_and_gradient(dot(e, w), w, x, s), shared(w), sampled(x, s)) < 40);
}
}  // namespace

TEST_CASE("arithmetic agrees with the interpreter") {
    check(hadamard(x + w, x - w) + s);
    check((x - s) / positive + (-w));
    check(pow<5>(x) + hadamard(pow<-2>(positive), w) + reciprocal(positive) * s);
    check(abs(x) + sign(x) * s - 2_c * w);
}
TEST_CASE("functions agree with the interpreter") {
    check(exp(w) + log(positive) * s);
    check(sqrt(positive) + sin(x) - cos(w) * s);
    check(tanh(x) + sigmoid(w) + softplus(s) * x);
    check(relu(x) * s + leaky_relu(w, 0.1_c));
}
TEST_CASE("choices agree with the interpreter") {
    check(maximum(x, w) + minimum(x, s));
    check(select(x < w, x * s, w) + select(x <= 0_c, w, x));
    check(select(s > 0_c, x, w) + select(x >= w, 1_c, 0_c));
}
