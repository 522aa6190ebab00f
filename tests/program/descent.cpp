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

namespace {
/// How the matrices of layers stand.
enum class order { out_by_in, in_by_out };
template <order Order, cf::fixed_string Name, std::size_t Out, std::size_t In>
constexpr auto matrix() {
    if constexpr (Order == order::in_by_out)
        return cf::parameter<Name, In, Out>;
    else
        return cf::parameter<Name, Out, In>;
}
template <order Order>
constexpr auto times(auto of, auto vector) {
    if constexpr (Order == order::in_by_out)
        return transpose(of) * vector;
    else
        return of * vector;
}

/// The largest difference between a step of one sample and v − η g, in units of epsilon.
template <class T, order Order>
double worst_of_layers() {
    constexpr auto u = cf::input<"u", 19>;
    constexpr auto v = cf::input<"v", 5>;
    constexpr auto A = matrix<Order, "A", 33, 19>();
    constexpr auto B = matrix<Order, "B", 150, 33>();
    constexpr auto C = matrix<Order, "C", 5, 150>();
    constexpr auto D = matrix<Order, "D", 5, 33>();
    constexpr auto hidden = tanh(times<Order>(A, u));
    constexpr auto error =
        squared_error(times<Order>(C, tanh(times<Order>(B, hidden))) + times<Order>(D, hidden), v) + squared_norm(D);
    const auto some = [](std::size_t count, int k) {
        std::vector<T> values(count);
        for (std::size_t i = 0; i < count; ++i)
            values[i] = T(0.01) * static_cast<T>(static_cast<int>(i * 7 + static_cast<std::size_t>(k)) % 19 - 9);
        return values;
    };
    const std::vector<T> from[] = {some(33 * 19, 1), some(150 * 33, 2), some(5 * 150, 3), some(5 * 33, 4)};
    std::vector<T> to[] = {from[0], from[1], from[2], from[3]};
    const std::vector<T> input = some(19, 5), target = some(5, 6);
    const T rate = T(0.125);
    auto program = cf::compile<T>(cf::value_and_gradient(error, A, B, C, D));
    auto step = cf::compile<T>(cf::gradient_descent(error, A, B, C, D));
    const auto r = program(u = input, v = target, A = from[0], B = from[1], C = from[2], D = from[3]);
    const T before = step(u = input, v = target, A = cf::in_place(to[0]), B = cf::in_place(to[1]),
                          C = cf::in_place(to[2]), D = cf::in_place(to[3]), cf::learning_rate = rate);
    double largest = std::abs(static_cast<double>(before - r.value));
    const T* g = r.gradient.data();
    for (int m = 0; m < 4; ++m)
        for (std::size_t i = 0; i < from[m].size(); ++i)
            largest = std::max(largest, std::abs(static_cast<double>(to[m][i] - (from[m][i] - rate * *g++))));
    return largest / static_cast<double>(std::numeric_limits<T>::epsilon());
}
}  // namespace

TEST_CASE("a matrix moves in the pass that reads it last, which is not always a product with its transpose") {
    CHECK(worst_of_layers<float, order::out_by_in>() < 2);
    CHECK(worst_of_layers<double, order::out_by_in>() < 2);
}
TEST_CASE("and where matrices stand as in × out, that pass is a product with the matrix itself") {
    CHECK(worst_of_layers<float, order::in_by_out>() < 2);
    CHECK(worst_of_layers<double, order::in_by_out>() < 2);
}

TEST_CASE("a matrix moves by an outer product with a vector that moves as well") {
    constexpr auto w = cf::parameter<"w", 2>;
    constexpr auto V = cf::parameter<"V", 2, 2>;
    constexpr auto to = cf::input<"to", 2>;
    constexpr auto error = squared_error(V * w, to);
    const std::array<double, 2> target{0, 0};
    const auto check = [&](auto descent) {
        auto step = cf::compile<double>(descent);
        std::array<double, 4> matrix{1, 2, 3, 4};
        std::array<double, 2> vector{1, 1};
        CHECK(step(to = target, V = cf::in_place(matrix), w = cf::in_place(vector), cf::learning_rate = 0.5) == 58);
        CHECK(matrix == std::array<double, 4>{1 - 3, 2 - 3, 3 - 7, 4 - 7});
        CHECK(vector == std::array<double, 2>{1 - 24, 1 - 34});
    };
    check(cf::gradient_descent(error, w, V));
    check(cf::gradient_descent(error, V, w));
}

TEST_CASE("where no other product reads the matrix, its outer product still comes before the vector has moved") {
    constexpr auto w = cf::parameter<"w", 2>;
    constexpr auto V = cf::parameter<"V", 2, 2>;
    constexpr auto s = cf::parameter<"s", 2>;
    constexpr auto error = dot(s, V * w);
    auto step = cf::compile<double>(cf::gradient_descent(error, w, s, V));
    std::array<double, 4> matrix{1, 2, 3, 4};
    std::array<double, 2> vector{1, 1}, factor{1, 2};
    const double value =
        step(V = cf::in_place(matrix), w = cf::in_place(vector), s = cf::in_place(factor), cf::learning_rate = 1);
    CHECK(value == 17);
    CHECK(matrix == std::array<double, 4>{0, 1, 1, 2});
    CHECK(vector == std::array<double, 2>{1 - 7, 1 - 10});
    CHECK(factor == std::array<double, 2>{1 - 3, 2 - 7});
}
