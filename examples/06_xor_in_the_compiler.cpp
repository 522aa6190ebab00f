// SPDX-License-Identifier: BSL-1.0
// XOR trained while this file compiles: the interpreter runs in constant expressions, 50 epochs for each constant.
#include <array>
#include <cstdio>

#include <chainfold/chainfold.hpp>

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 1>;
constexpr auto W1 = cf::parameter<"W1", 4, 2>;
constexpr auto b1 = cf::parameter<"b1", 4>;
constexpr auto W2 = cf::parameter<"W2", 1, 4>;
constexpr auto b2 = cf::parameter<"b2", 1>;
constexpr auto y = sigmoid(W2 * sigmoid(W1 * x + b1) + b2);
constexpr auto step = value_and_gradient(squared_error(y, t), W1, b1, W2, b2);

struct network {
    std::array<double, 8> w1{0.24835707650561634,  -0.06913215058559233, 0.32384426905034625, 0.7615149282040127,
                             -0.11707668736166799, -0.11706847847459027, 0.7896064077536957,  0.3837173645764544};
    std::array<double, 4> b1{};
    std::array<double, 4> w2{-0.23473719296747605, 0.27128002179298233, -0.23170884640623113, -0.23286487678512843};
    std::array<double, 1> b2{};
    double loss = 1;
};

constexpr void descend(auto& weights, const auto& gradient) {  // learning rate 1
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] -= gradient.data()[i];
}

constexpr network after(network n, int epochs) {
    for (int epoch = 0; epoch < epochs; ++epoch) {
        n.loss = 0;
        for (int sample = 0; sample < 4; ++sample) {
            const double a = sample / 2, b = sample % 2;
            const auto r = evaluate(step, x = std::array{a, b}, t = std::array{a != b ? 1.0 : 0.0}, W1 = n.w1, b1 = n.b1,
                                    W2 = n.w2, b2 = n.b2);
            n.loss += r.value / 4;
            descend(n.w1, r.gradient[W1]);
            descend(n.b1, r.gradient[b1]);
            descend(n.w2, r.gradient[W2]);
            descend(n.b2, r.gradient[b2]);
        }
    }
    return n;
}

template <int Constant>
constexpr network learned = after(learned<Constant - 1>, 50);
template <>
constexpr network learned<0>{};

constexpr network trained = learned<20>;  // 1000 epochs
static_assert(trained.loss < 0.01);

constexpr bool answer(double a, double b) {
    return evaluate(y, x = std::array{a, b}, W1 = trained.w1, b1 = trained.b1, W2 = trained.w2, b2 = trained.b2)(0) > 0.5;
}
static_assert(!answer(0, 0) && answer(0, 1) && answer(1, 0) && !answer(1, 1));

int main() { std::printf("The compiler learned XOR in 1000 epochs, loss %.16f; this program only prints it.\n", trained.loss); }
