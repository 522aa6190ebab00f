// Residuals and their Jacobians by blocks, row by row; what is not asked for is not written; many threads at once.
#include <chainfold/solver/residuals.hpp>

#include <thread>
#include <vector>

#include "solver/rosenbrock.hpp"
#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {
constexpr auto u = cf::parameter<"u", 3>;
constexpr auto k = cf::parameter<"k">;
constexpr auto A = cf::input<"A", 2, 3>;
constexpr auto q = cf::input<"q", 2>;
constexpr auto e = k * tanh(A * u) - q;

const std::array matrix{0.5, -0.3, 0.9, -0.7, 0.2, 0.4};
const std::array right{0.2, 0.8};
const std::array where{0.3, -1.2, 0.8};
const double factor = 1.5;

auto made() { return cf::residuals(e, u, k, A = matrix, q = right); }
}  // namespace

TEST_CASE("residuals and Jacobians are those of the expression") {
    const auto r = made();
    static_assert(r.size() == 2 && r.block_sizes == std::array<std::size_t, 2>{3, 1});
    std::array<double, 2> value{}, alone{}, by_k{};
    std::array<double, 6> by_u{};
    const double* const parameters[] = {where.data(), &factor};
    double* const jacobians[] = {by_u.data(), by_k.data()};
    r.evaluate(parameters, value.data(), jacobians);
    r.value(parameters, alone.data());
    const auto expected = cf::evaluate(e, u = where, k = factor, A = matrix, q = right);
    const auto by = cf::evaluate(derivative(e, u), u = where, k = factor, A = matrix);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(value[i] == Approx(expected(i)).epsilon(1e-14));
        CHECK(alone[i] == Approx(expected(i)).epsilon(1e-14));
        CHECK(by_k[i] == Approx((expected(i) + right[i]) / factor).epsilon(1e-14));
        for (std::size_t j = 0; j < 3; ++j) CHECK(by_u[3 * i + j] == Approx(by(i, j)).epsilon(1e-14));
    }
}
TEST_CASE("a Jacobian that is not asked for is not written") {
    const auto r = made();
    const double* const parameters[] = {where.data(), &factor};
    std::array<double, 2> value{}, again{}, by_k{};
    double* const only_k[] = {nullptr, by_k.data()};
    r.evaluate(parameters, value.data(), only_k);
    CHECK(by_k[0] != 0);
    double* const none[] = {nullptr, nullptr};
    r.evaluate(parameters, again.data(), none);
    CHECK(value[0] == Approx(again[0]).epsilon(1e-14));
    again = {};
    r.evaluate(parameters, again.data(), nullptr);
    CHECK(value[1] == Approx(again[1]).epsilon(1e-14));
}
TEST_CASE("a scalar is one residual; its Jacobian by a matrix is one row") {
    constexpr auto M = cf::parameter<"M", 2, 3>;
    constexpr auto x = cf::input<"x", 3>;
    const auto r = cf::residuals<float>(sum(M * x) * k, M, k, x = std::array{1, 2, 3});
    const std::array<float, 6> m{1, 1, 1, 2, 2, 2};
    const float two = 2;
    float value = 0, by_k = 0;
    std::array<float, 6> by_m{};
    const float* const parameters[] = {m.data(), &two};
    float* const jacobians[] = {by_m.data(), &by_k};
    r.evaluate(parameters, &value, jacobians);
    CHECK(value == 36);
    CHECK(by_k == 18);
    CHECK(by_m == std::array<float, 6>{2, 4, 6, 2, 4, 6});
}
TEST_CASE("one function serves many threads at once") {
    const auto r = made();
    std::array<double, 6> expected{};
    const auto run = [&r](double shift, std::array<double, 6>& by_u) {
        const std::array at{0.3 + shift, -1.2, 0.8};
        const double* const parameters[] = {at.data(), &factor};
        std::array<double, 2> value{};
        double* const jacobians[] = {by_u.data(), nullptr};
        r.evaluate(parameters, value.data(), jacobians);
    };
    run(0.25, expected);
    std::vector<int> wrong(4);
    std::vector<std::thread> threads;
    for (std::size_t n = 0; n < wrong.size(); ++n)
        threads.emplace_back([&, n] {
            std::array<double, 6> found{};
            for (int i = 0; i < 2000; ++i) {
                run(n % 2 == 0 ? 0.25 : -0.5, found);
                wrong[n] += (found == expected) != (n % 2 == 0);
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == std::vector<int>(4));
}
TEST_CASE("data of the wrong size is refused") {
    const std::vector<double> three(3);
    CHECK_THROWS_MATCHES(cf::residuals(e, u, k, A = matrix, q = three), std::invalid_argument,
                         Catch::Matchers::Message("q: expected 2 numbers, found 3"));
}
