// Of one sample, a product with a matrix and the outer product by which the matrix is derived, or moves, are one pass.
#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <vector>

#include <chainfold/show.hpp>

#include "agreement.hpp"

namespace cf = chainfold;

namespace {

enum class order { out_by_in, in_by_out };

/// A layer behind another: its input has a derivative as well.
template <std::size_t In, std::size_t Out, order Order>
struct layer {
    static constexpr auto v = cf::parameter<"v", In>;
    static constexpr auto c = cf::input<"c", Out>;
    static constexpr auto A = [] {
        if constexpr (Order == order::in_by_out)
            return cf::parameter<"A", In, Out>;
        else
            return cf::parameter<"A", Out, In>;
    }();
    static constexpr auto loss = [] {
        if constexpr (Order == order::in_by_out)
            return dot(c, tanh(transpose(A) * tanh(v)));
        else
            return dot(c, tanh(A * tanh(v)));
    }();

    /// Value and gradient against the interpreter, in units of epsilon.
    template <class T>
    static agreement::real of_gradient() {
        return agreement::worst<T>(cf::value_and_gradient(loss, A, v), agreement::shared(A, v, c),
                                   agreement::sampled());
    }
    /// A step against the interpreter's gradient.
    template <class T>
    static agreement::real of_step() {
        using agreement::column, agreement::real;
        const T rate = T(0.375);
        const column<decltype(A), T> matrix(1);
        const column<decltype(v), T> vector(1);
        const column<decltype(c), T> factor(1);
        const auto r = cf::evaluate(cf::value_and_gradient(loss, A, v), column<decltype(A), real>(1).one(),
                                    column<decltype(v), real>(1).one(), column<decltype(c), real>(1).one());
        std::vector<T> moved = matrix.values, moved_vector = vector.values;
        auto step = cf::compile<T>(cf::gradient_descent(loss, A, v));
        step(A = cf::in_place(moved), v = cf::in_place(moved_vector), factor.one(), cf::learning_rate = rate);
        agreement::numbers expected, found;
        const auto compare = [&](const std::vector<T>& to, const std::vector<T>& from, const real* gradient) {
            found.insert(found.end(), to.begin(), to.end());
            for (std::size_t i = 0; i < from.size(); ++i)
                expected.push_back(static_cast<real>(from[i]) - static_cast<real>(rate) * gradient[i]);
        };
        compare(moved, matrix.values, r.gradient[A].data());
        compare(moved_vector, vector.values, r.gradient[v].data());
        return agreement::difference(found, expected) / static_cast<real>(std::numeric_limits<T>::epsilon());
    }
    template <class T>
    static void check() {
        CHECK(of_gradient<T>() < 40);
        CHECK(of_step<T>() < 40);
    }
};

}  // namespace

TEMPLATE_TEST_CASE("registers, parts of them and single numbers, in both orders", "", (layer<1, 8, order::in_by_out>),
                   (layer<33, 15, order::in_by_out>), (layer<17, 65, order::in_by_out>),
                   (layer<9, 33, order::out_by_in>)) {
    TestType::template check<float>();
}
TEST_CASE("in other numbers") {
    layer<5, 130, order::in_by_out>::check<double>();
    layer<3, 9, order::in_by_out>::check<long double>();
}

TEST_CASE("they are one step") {
    using some = layer<33, 19, order::in_by_out>;
    const cf::explanation e = cf::explain(cf::compile<float>(cf::gradient_descent(some::loss, some::A, some::v)));
    int joint = 0, descents = 0;
    for (const cf::explained_step& step : e.steps) {
        joint += step.kind == "matrix × vector, outer product";
        descents += step.kind == "descent";
    }
    CHECK(joint == 1);
    CHECK(descents == 1);  // of v
}

TEST_CASE("a matrix may move while the only product that reads it is computed") {
    constexpr auto w = cf::input<"w", 21>;
    constexpr auto V = cf::parameter<"V", 3, 21>;
    constexpr auto s = cf::input<"s", 3>;
    auto step = cf::compile<double>(cf::gradient_descent(dot(s, V * w), V));
    std::vector<double> matrix(63, 1);
    std::array<double, 21> vector{};
    for (std::size_t i = 0; i < 21; ++i) vector[i] = static_cast<double>(i);
    CHECK(step(V = cf::in_place(matrix), w = vector, s = std::array{1.0, 2.0, 3.0}, cf::learning_rate = 1) == 6 * 210);
    bool all = true;
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t i = 0; i < 21; ++i) all = all && matrix[r * 21 + i] == 1 - static_cast<double>((r + 1) * i);
    CHECK(all);
}

namespace {
/// One derivative for two matrices: d(c, P x + W x).
template <std::size_t N>
void check_two_of_one_derivative() {
    constexpr auto P = cf::parameter<"P", 3, N>;
    constexpr auto W = cf::parameter<"W", 3, N>;
    constexpr auto x = cf::input<"x", N>;
    constexpr auto c = cf::input<"c", 3>;
    auto step = cf::compile<double>(cf::gradient_descent(dot(c, P * x) + dot(c, W * x), P, W));
    std::vector<double> first(3 * N, 1), second(3 * N, 2);
    const std::vector<double> ones(N, 1);
    CHECK(step(P = cf::in_place(first), W = cf::in_place(second), x = ones, c = std::array{1.0, 2.0, 3.0},
               cf::learning_rate = 0.5) == 18.0 * N);
    for (std::size_t i = 0; i < 3 * N; ++i) {
        CHECK(first[i] == 1 - 0.5 * static_cast<double>(1 + i / N));
        CHECK(second[i] == 2 - 0.5 * static_cast<double>(1 + i / N));
    }
}
}  // namespace

TEST_CASE("two matrices move by one derivative") {
    check_two_of_one_derivative<5>();
    check_two_of_one_derivative<12>();
}

TEST_CASE("an outer product that the loss reads as well is not only a way to move") {
    constexpr auto A = cf::parameter<"A", 3, 12>;
    constexpr auto d = cf::input<"d", 12>;
    constexpr auto c = cf::input<"c", 3>;
    constexpr auto loss = dot(c, A * d) + sum(tanh(outer(c, d)));
    std::vector<double> matrix(36, 1);
    const std::vector<double> ones(12, 1);
    const std::array factor{1.0, 2.0, 3.0};
    auto step = cf::compile<double>(cf::gradient_descent(loss, A));
    const double value = step(A = cf::in_place(matrix), d = ones, c = factor, cf::learning_rate = 0.5);
    CHECK(value == Approx(12 * (6 + std::tanh(1.0) + std::tanh(2.0) + std::tanh(3.0))));
    CHECK(matrix[0] == 0.5);
    CHECK(matrix[35] == -0.5);
}

TEST_CASE("a matrix waits for sums of short rows that begin with a bias") {
    constexpr auto A = cf::parameter<"A", 6, 4>;
    constexpr auto d = cf::input<"d", 6>;
    constexpr auto c = cf::input<"c", 4>;
    constexpr auto b = cf::input<"b", 6>;
    constexpr auto w = cf::input<"w", 4>;
    constexpr auto loss = dot(c, transpose(A) * d) + sum(sign(A * tanh(tanh(transpose(A) * d) + w) + b));
    std::vector<double> matrix(24);
    for (std::size_t i = 0; i < 24; ++i) matrix[i] = 0.01 * (static_cast<double>(i * 7 % 11) - 5);
    const std::array vector{10.0, 20.0, 30.0, -10.0, 20.0, 40.0}, bias{0.1, -0.2, 0.3, 0.1, 0.2, -0.3};
    const std::array factor{1.0, 2.0, 3.0, 4.0}, shift{0.3, -0.2, 0.5, 0.1};
    auto program = cf::compile<double>(cf::value_and_gradient(loss, A));
    const double value = program(A = matrix, d = vector, c = factor, b = bias, w = shift).value;
    auto step = cf::compile<double>(cf::gradient_descent(loss, A));
    CHECK(step(A = cf::in_place(matrix), d = vector, c = factor, b = bias, w = shift, cf::learning_rate = 0.1) ==
          Approx(value));
}
