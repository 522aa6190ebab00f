// Compiled programs against the interpreter in long double, under flags that users have.  No exceptions, no Catch2:
// this is compiled with -fno-exceptions too.
#include "program/agreement.hpp"

#include <cstdio>

#include <chainfold/chainfold.hpp>

using namespace agreement;
using namespace chainfold::literals;

namespace {

bool good = true;

// The bound holds under -ffast-math too, which reorders sums and contracts.
void within(real bound, real found, const char* what) {
    std::printf("%-28s %6.1Lf epsilon\n", what, found);
    if (!(found <= bound)) good = false;
}

constexpr auto x = cf::input<"x", 19>;
constexpr auto t = cf::input<"t", 5>;
constexpr auto s = cf::input<"s">;
constexpr auto W1 = cf::parameter<"W1", 17, 19>;
constexpr auto b1 = cf::parameter<"b1", 17>;
constexpr auto W2 = cf::parameter<"W2", 5, 17>;
constexpr auto b2 = cf::parameter<"b2", 5>;

constexpr auto positive = square(x) + 0.25_c;
constexpr auto functions = tanh(x) + sigmoid(2_c * x) + softplus(x) + exp(x) + log(positive) + sqrt(positive) + sin(x) + cos(x);
constexpr auto arithmetic = pow<-2>(positive) + abs(x) / positive + relu(x) + maximum(x, s * x) + select(x < s, x, -x);
constexpr auto logits = W2 * tanh(W1 * x + b1) + b2;
constexpr auto loss = cf::cross_entropy(logits, t) + 0.01_c * squared_norm(W1);
constexpr auto step = cf::value_and_gradient(loss, W1, b1, W2, b2);

void agrees() {
    within(20, worst<float>(functions, shared(), sampled(x)), "functions");
    within(20, worst<float>(arithmetic, shared(), sampled(x, s)), "arithmetic");
    within(20, worst<float>(softmax(logits), shared(W1, b1, W2, b2), sampled(x)), "softmax");
    within(50, worst<float>(step, shared(W1, b1, W2, b2), sampled(x, t)), "network");
    within(50, worst<double>(cf::gradient(dot(functions, arithmetic) * s, x, s), shared(), sampled(x, s)), "gradient");
}

void trains() {
    using model = cf::nn::sequential<float, cf::nn::linear<2, 8>, cf::nn::tanh, cf::nn::linear<8, 1>>;
    model net{cf::nn::seed{3}};
    const float in[] = {0, 0, 0, 1, 1, 0, 1, 1}, out[] = {0, 1, 1, 0};
    const cf::nn::dataset data{cf::batch(in), cf::batch(out)};
    const auto history = cf::nn::train(net, data, cf::nn::binary_cross_entropy{}, cf::nn::sgd{.learning_rate = 0.5},
                                       {.epochs = 500, .batch_size = 4});
    std::printf("training: %g to %g\n", history.loss.front(), history.loss.back());
    good = good && history.loss.back() < 0.1 * history.loss.front();
}

}  // namespace

int main() {
    agrees();
    trains();
    std::puts(good ? "ok" : "wrong");
    return good ? 0 : 1;
}
