// gradient_descent: what a step moves is what the gradient says, for one sample, within a panel and beyond it.
#include <array>
#include <cmath>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;

namespace {
constexpr auto x = cf::input<"x", 2>;
constexpr auto t = cf::input<"t", 1>;
constexpr auto W1 = cf::parameter<"W1", 4, 2>;
constexpr auto b1 = cf::parameter<"b1", 4>;
constexpr auto W2 = cf::parameter<"W2", 1, 4>;
constexpr auto b2 = cf::parameter<"b2", 1>;
constexpr auto k = cf::parameter<"k">;
constexpr auto loss = squared_error(k * sigmoid(W2 * tanh(W1 * x + b1) + b2), t) + squared_norm(b1);

template <class T>
struct numbers {
    std::array<T, 8> w1{T(0.1), T(0.2), T(0.3), T(-0.4), T(0.5), T(-0.6), T(0.7), T(0.8)};
    std::vector<T> b1{T(0.1), T(0.2), T(0.3), T(0.4)};
    T w2[4] = {T(0.5), T(-0.4), T(0.3), T(0.2)};
    std::array<T, 1> b2{T(0.1)};
    T k = T(1.3);
};

/// The largest difference between a step and v − η g, over everything that moves, in units of epsilon.
template <class T>
double worst(const numbers<T>& from, const numbers<T>& to, const auto& gradient, T rate) {
    double largest = 0;
    const auto compare = [&](const T* before, const T* after, const T* g, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            largest = std::max(largest, std::abs(static_cast<double>(after[i] - (before[i] - rate * g[i]))));
    };
    compare(from.w1.data(), to.w1.data(), gradient[W1].data(), 8);
    compare(from.b1.data(), to.b1.data(), gradient[b1].data(), 4);
    compare(from.w2, to.w2, gradient[W2].data(), 4);
    compare(from.b2.data(), to.b2.data(), gradient[b2].data(), 1);
    compare(&from.k, &to.k, &gradient[k], 1);
    return largest / static_cast<double>(std::numeric_limits<T>::epsilon());
}
}  // namespace

TEMPLATE_TEST_CASE("a step moves every symbol against its derivative", "", float, double) {
    using T = TestType;
    auto step = cf::compile<T>(cf::gradient_descent(loss, W1, b1, W2, b2, k));
    auto program = cf::compile<T>(cf::value_and_gradient(loss, W1, b1, W2, b2, k));
    const T rate = T(0.25);
    const numbers<T> from;

    numbers<T> to = from;
    const std::array<T, 2> one{T(0.3), T(-0.7)};
    const std::array<T, 1> target{T(0.9)};
    const T before = step(x = one, t = target, W1 = cf::in_place(to.w1), b1 = cf::in_place(to.b1), W2 = cf::in_place(to.w2),
                          b2 = cf::in_place(to.b2), k = cf::in_place(to.k), cf::learning_rate = rate);
    const auto r = program(x = one, t = target, W1 = from.w1, b1 = from.b1, W2 = from.w2, b2 = from.b2, k = from.k);
    CHECK(std::abs(before - r.value) <= 4 * std::numeric_limits<T>::epsilon());
    CHECK(worst(from, to, r.gradient, rate) < 4);

    for (const std::size_t samples : {1u, 7u, 33u, 257u, 1000u, 20000u}) {
        std::vector<T> inputs, targets;
        for (std::size_t i = 0; i < 2 * samples; ++i) inputs.push_back(T(0.1) * static_cast<T>(i % 17) - T(0.5));
        for (std::size_t i = 0; i < samples; ++i) targets.push_back(T(0.1) * static_cast<T>(i % 7));
        numbers<T> moved = from;
        const T mean = step(x = cf::batch(inputs), t = cf::batch(targets), W1 = cf::in_place(moved.w1),
                            b1 = cf::in_place(moved.b1), W2 = cf::in_place(moved.w2), b2 = cf::in_place(moved.b2),
                            k = cf::in_place(moved.k), cf::learning_rate = rate);
        const auto g = program(x = cf::batch(inputs), t = cf::batch(targets), W1 = from.w1, b1 = from.b1, W2 = from.w2,
                               b2 = from.b2, k = from.k);
        CHECK(std::abs(mean - g.value) <= 8 * std::numeric_limits<T>::epsilon());
        CHECK(worst(from, moved, g.gradient, rate) < 8);
    }
}

TEST_CASE("a symbol that the loss does not contain stays where it is") {
    constexpr auto unused = cf::parameter<"unused", 3>;
    auto step = cf::compile<double>(cf::gradient_descent(square(k), k, unused));
    double at = 3;
    std::array<double, 3> other{1, 2, 3};
    CHECK(step(k = cf::in_place(at), cf::learning_rate = 0.25) == 9);
    CHECK(at == 1.5);
    CHECK(other == std::array<double, 3>{1, 2, 3});
}
