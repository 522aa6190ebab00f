// A million samples in one call: memory does not grow, and neither does rounding.
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;

namespace {
constexpr auto x = cf::input<"x", 3>;
constexpr auto t = cf::input<"t">;
constexpr auto W = cf::parameter<"W", 5, 3>;
constexpr auto b = cf::parameter<"b", 5>;
constexpr auto v = cf::parameter<"v", 5>;
constexpr auto loss = square(dot(v, tanh(W * x + b)) - t);

constexpr std::size_t samples = 1000003;

/// In [0, 1); the same for float and double.
template <class T>
std::vector<T> uniform(std::size_t count, unsigned state) {
    std::vector<T> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        numbers.push_back(static_cast<T>(state >> 8) * static_cast<T>(0x1p-24));
    }
    return numbers;
}

/// Value and gradient, the mean over chunks of so many samples.
template <class T>
std::vector<double> run(std::size_t chunk) {
    static const std::vector<T> inputs = uniform<T>(3 * samples, 1), targets = uniform<T>(samples, 2);
    const std::vector<T> w = uniform<T>(15, 3), c = uniform<T>(5, 4), d = uniform<T>(5, 5);
    auto program = cf::compile<T>(cf::value_and_gradient(loss, W, b, v));
    std::vector<double> mean(26);
    for (std::size_t first = 0; first < samples; first += chunk) {
        const std::size_t count = std::min(chunk, samples - first);
        const auto r = program(x = cf::batch(std::span<const T>(inputs).subspan(3 * first, 3 * count)),
                               t = cf::batch(std::span<const T>(targets).subspan(first, count)), W = w, b = c, v = d);
        const double share = static_cast<double>(count) / static_cast<double>(samples);
        for (std::size_t i = 0; i < 25; ++i) mean[i] += static_cast<double>(r.gradient.data()[i]) * share;
        mean[25] += static_cast<double>(r.value) * share;
    }
    return mean;
}

double largest_error(const std::vector<double>& found, const std::vector<double>& expected) {
    double worst = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) worst = std::max(worst, std::abs(found[i] / expected[i] - 1));
    return worst;
}
}  // namespace

TEST_CASE("a million samples agree with chunks of them") {
    const std::vector<double> whole = run<double>(samples);
    CHECK(largest_error(run<double>(1000), whole) < 1e-13);
    CHECK(largest_error(run<double>(7777), whole) < 1e-13);
    // In float the mean of a million is as good as that of a thousand.
    CHECK(largest_error(run<float>(samples), whole) < 2e-6);
}
TEST_CASE("rounding errors of one sign do not pile up") {
    constexpr auto s = cf::input<"s">;
    auto mean = cf::compile<float>(s);
    for (std::size_t count : {4096u, 4097u, 8192u, 100000u, 1000003u, 4194304u}) {
        const std::vector<float> tenths(count, 0.1f);
        INFO(count << " samples");
        CHECK(std::abs(mean(s = cf::batch(tenths)) / 0.1f - 1) < 2e-5f);
    }
}
TEST_CASE("blocks of tiles are put together right") {
    constexpr auto y = cf::input<"y", 2>;
    constexpr auto A = cf::parameter<"A", 2, 2>;
    auto program = cf::compile<double>(cf::value_and_gradient(dot(A * y, y), A, y));
    const double identity[2][2] = {{1, 0}, {0, 1}};
    for (std::size_t count : {2047u, 2048u, 2049u, 2064u, 4096u, 4100u, 6145u}) {
        std::vector<double> values;
        double square = 0, product = 0, sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double p = static_cast<double>(i % 17), q = static_cast<double>(i % 5);
            values.insert(values.end(), {p, q});
            square += p * p;
            product += p * q;
            sum += q;
        }
        const auto r = program(y = cf::batch(values), A = identity);
        const double n = static_cast<double>(count);
        INFO(count << " samples");
        CHECK(r.gradient[A](0, 0) == Approx(square / n).epsilon(1e-13));
        CHECK(r.gradient[A](1, 0) == Approx(product / n).epsilon(1e-13));
        CHECK(r.gradient[y](1) == Approx(2 * sum / n).epsilon(1e-13));
    }
}
