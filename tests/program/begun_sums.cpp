// Of one sample, sums of short rows begin with what is added to them: A x + b is one step, and Mᵀ x + b of few rows.
#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <chainfold/show.hpp>

namespace {

namespace cf = chainfold;

template <std::size_t N>
constexpr std::array<double, N> numbers(double first) {
    std::array<double, N> values{};
    for (std::size_t i = 0; i < N; ++i)
        values[i] = first + 0.25 * static_cast<double>(i * i % 7) - 0.125 * static_cast<double>(i % 3);
    return values;
}

template <std::size_t Rows, std::size_t Columns>
struct layer {
    static constexpr auto x = cf::input<"x", Columns>;
    static constexpr auto A = cf::parameter<"A", Rows, Columns>;
    static constexpr auto M = cf::parameter<"M", Columns, Rows>;  // Aᵀ
    static constexpr auto b = cf::parameter<"b", Rows>;
    static constexpr auto a_numbers = numbers<Rows * Columns>(0.5);
    static constexpr auto b_numbers = numbers<Rows>(-1);
    static constexpr auto x_numbers = numbers<Columns>(0.25);
    static constexpr auto m_numbers = [] {
        std::array<double, Rows * Columns> values{};
        for (std::size_t i = 0; i < Rows; ++i)
            for (std::size_t k = 0; k < Columns; ++k) values[k * Rows + i] = a_numbers[i * Columns + k];
        return values;
    }();
    static constexpr double exact(std::size_t i) {  // eighths: no sum is rounded
        double sum = b_numbers[i];
        for (std::size_t k = 0; k < Columns; ++k) sum += a_numbers[i * Columns + k] * x_numbers[k];
        return sum;
    }
    template <class E>
    static void check(E e, double times = 1) {
        check(cf::compile<double>(e), A = a_numbers, times);
    }
    template <class E>
    static void check_transposed(E e) {
        check(cf::compile<double>(e), M = m_numbers, 1);
    }
    template <class F>
    static void check(F f, auto matrix, double times) {
        const auto y = f(x = x_numbers, matrix, b = b_numbers);
        for (std::size_t i = 0; i < Rows; ++i) CHECK(y(i) == times * exact(i));
    }
};

TEMPLATE_TEST_CASE("rows that fill registers and such that do not", "", (layer<1, 1>), (layer<1, 4>), (layer<3, 2>),
                   (layer<4, 2>), (layer<5, 3>), (layer<16, 4>), (layer<17, 7>), (layer<9, 8>), (layer<75, 5>)) {
    TestType::check(TestType::A * TestType::x + TestType::b);
    TestType::check(TestType::b + TestType::A * TestType::x);
    TestType::check_transposed(transpose(TestType::M) * TestType::x + TestType::b);
}

using small = layer<3, 2>;
TEST_CASE("it is one step, whatever comes first, and gradients go through it") {
    const cf::explanation e = cf::explain(cf::compile<float>(small::A * small::x + small::b));
    REQUIRE(e.steps.size() == 1);
    CHECK(e.steps[0].kind == "matrix × vector, +");
    const cf::explanation transposed = cf::explain(cf::compile<float>(transpose(small::M) * small::x + small::b));
    REQUIRE(transposed.steps.size() == 1);
    CHECK(transposed.steps[0].kind == "transposed matrix × vector, +");
    auto f = cf::compile<double>(cf::gradient(cf::squared_norm(small::A * small::x + small::b), small::A, small::b));
    const auto r = f(small::x = small::x_numbers, small::A = small::a_numbers, small::b = small::b_numbers);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(r.gradient[small::b](i) == 2 * small::exact(i));
        for (std::size_t k = 0; k < 2; ++k)
            CHECK(r.gradient[small::A](i, k) == 2 * small::exact(i) * small::x_numbers[k]);
    }
}
TEST_CASE("a product that is read elsewhere too is computed by itself") {
    constexpr auto z = small::A * small::x;
    auto f = cf::compile<double>(z, z + small::b);
    const auto [product, sum] =
        f(small::x = small::x_numbers, small::A = small::a_numbers, small::b = small::b_numbers);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(sum(i) == small::exact(i));
        CHECK(product(i) == small::exact(i) - small::b_numbers[i]);
    }
    small::check(hadamard(z + small::b, z + small::b) / (z + small::b));
}
TEST_CASE("of a batch, the mean is the same") {
    auto f = cf::compile<double>(cf::squared_norm(small::A * small::x + small::b));
    std::vector<double> many;
    for (int s = 0; s < 5; ++s) many.insert(many.end(), small::x_numbers.begin(), small::x_numbers.end());
    const double one = f(small::x = small::x_numbers, small::A = small::a_numbers, small::b = small::b_numbers);
    CHECK(std::abs(f(small::x = cf::batch(many), small::A = small::a_numbers, small::b = small::b_numbers) - one) <
          1e-14);
}

}  // namespace
