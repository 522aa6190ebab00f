// Several threads compute what one does: to the last bit where results may not depend on their number, and within
// rounding otherwise, the same from run to run.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/program/threads.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;

namespace {
constexpr auto x = cf::input<"x", 64>;
constexpr auto t = cf::input<"t", 4>;
constexpr auto V = cf::parameter<"V", 96, 64>;
constexpr auto b = cf::parameter<"b", 96>;
constexpr auto W = cf::parameter<"W", 4, 96>;
constexpr auto y = W * tanh(V * x + b);
constexpr auto loss = squared_error(y, t);

std::vector<float> numbers(std::size_t count, unsigned state) {
    std::vector<float> found;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        found.push_back(static_cast<float>(state >> 8) * 0x1p-24f - 0.5f);
    }
    return found;
}
const std::vector<float> inputs = numbers(64 * 40000, 1), targets = numbers(4 * 40000, 2);
const std::vector<float> v = numbers(96 * 64, 3), bias = numbers(96, 4), w = numbers(4 * 96, 5);

std::span<const float> first(const std::vector<float>& from, std::size_t count) { return {from.data(), count}; }

/// Value and gradient.
std::vector<float> run(auto&& program, std::size_t samples) {
    const auto r = program(x = cf::batch(first(inputs, 64 * samples)), t = cf::batch(first(targets, 4 * samples)), V = v,
                           b = bias, W = w);
    std::vector<float> found(r.gradient.data(), r.gradient.data() + r.gradient.size());
    found.push_back(r.value);
    return found;
}
bool equal_bits(const std::vector<float>& found, const std::vector<float>& expected) {
    return found.size() == expected.size() &&
           std::memcmp(found.data(), expected.data(), found.size() * sizeof(float)) == 0;
}
float largest_difference(const std::vector<float>& found, const std::vector<float>& expected) {
    float most = 0;
    for (std::size_t i = 0; i < found.size(); ++i) most = std::max(most, std::abs(found[i] - expected[i]));
    return most;
}

// One tile, a few, a panel and a bit, panels, and so many that they are summed up in blocks.
constexpr std::size_t counts[] = {1, 33, 250, 256, 300, 1111, 8500, 40000};

/// What one thread finds for each of them.
const auto& by_one_thread() {
    static const auto found = [] {
        auto program = cf::compile<float>(value_and_gradient(loss, V, b, W));
        std::array<std::vector<float>, std::size(counts)> each;
        for (std::size_t i = 0; i < each.size(); ++i) each[i] = run(program, counts[i]);
        return each;
    }();
    return found;
}
}  // namespace

TEST_CASE("reproducible: any number of threads gives the bits of one") {
    for (int count : {1, 2, 3, 7}) {
        cf::threads team{count};
        auto program = cf::compile<float>(value_and_gradient(loss, V, b, W));
        auto together = program.on(team, cf::sharing::reproducible);
        for (std::size_t i = 0; i < std::size(counts); ++i) {
            INFO(count << " threads, " << counts[i] << " samples");
            CHECK(equal_bits(run(together, counts[i]), by_one_thread()[i]));
        }
    }
}
TEST_CASE("fast: the same from run to run, and the same as one thread but for rounding") {
    for (int count : {2, 3, 7}) {
        cf::threads team{count};
        auto program = cf::compile<float>(value_and_gradient(loss, V, b, W));
        auto together = program.on(team);
        for (std::size_t i = 0; i < std::size(counts); ++i) {
            INFO(count << " threads, " << counts[i] << " samples");
            const std::vector<float> found = run(together, counts[i]);
            CHECK(largest_difference(found, by_one_thread()[i]) < 4e-6f);
            CHECK(equal_bits(found, run(together, counts[i])));
        }
    }
}
TEST_CASE("threads: one output for each sample") {
    auto alone = cf::compile<float>(y);
    cf::threads team{3};
    for (std::size_t samples : counts) {
        std::vector<float> expected(4 * samples), found(4 * samples);
        const auto predict = [&](auto&& program, std::vector<float>& out) {
            program(x = cf::batch(first(inputs, 64 * samples)), V = v, b = bias, W = w, cf::into(out));
        };
        predict(alone, expected);
        predict(alone.on(team), found);
        INFO(samples << " samples");
        CHECK(equal_bits(found, expected));
    }
}
TEST_CASE("threads: a gradient for each sample beside the means") {
    auto alone = cf::compile<float>(value_and_gradient(loss, V, x, b, W));
    const auto run_into = [](auto&& program, std::size_t samples, std::vector<float>& out) {
        const auto r = program(x = cf::batch(first(inputs, 64 * samples)).gradient_into(out),
                               t = cf::batch(first(targets, 4 * samples)), V = v, b = bias, W = w);
        std::vector<float> means(r.gradient.data(), r.gradient.data() + r.gradient.size());
        means.push_back(r.value);
        return means;
    };
    cf::threads team{3};
    for (std::size_t samples : counts) {
        std::vector<float> expected(64 * samples), fast(64 * samples), reproducible(64 * samples);
        INFO(samples << " samples");
        const std::vector<float> means = run_into(alone, samples, expected);
        CHECK(largest_difference(run_into(alone.on(team), samples, fast), means) < 4e-6f);
        CHECK(equal_bits(run_into(alone.on(team, cf::sharing::reproducible), samples, reproducible), means));
        CHECK(equal_bits(fast, expected));
        CHECK(equal_bits(reproducible, expected));
    }
}
TEST_CASE("threads: gradient descent") {
    const auto descend = [](auto&& program, std::size_t samples) {
        std::vector<float> v1 = v, b1 = bias, w1 = w;
        for (int i = 0; i < 3; ++i)
            program(x = cf::batch(first(inputs, 64 * samples)), t = cf::batch(first(targets, 4 * samples)),
                    V = cf::in_place(v1), b = cf::in_place(b1), W = cf::in_place(w1), cf::learning_rate = 0.01f);
        v1.insert(v1.end(), b1.begin(), b1.end());
        v1.insert(v1.end(), w1.begin(), w1.end());
        return v1;
    };
    cf::threads team{2};
    for (const cf::sharing how : {cf::sharing::fast, cf::sharing::reproducible})
        for (std::size_t samples : {250u, 300u, 8500u}) {
            auto step = cf::compile<float>(gradient_descent(loss, V, b, W));
            const std::vector<float> expected = descend(step, samples), found = descend(step.on(team, how), samples);
            INFO(samples << " samples");
            CHECK(largest_difference(expected, v) > 1e-4f);
            CHECK(largest_difference(found, expected) < 1e-6f);
            if (how == cf::sharing::reproducible) CHECK(equal_bits(found, expected));
        }
}
TEST_CASE("threads: a program without products, and one that is written out") {
    constexpr auto s = cf::input<"s", 500>;
    constexpr auto a = cf::input<"a">;
    const std::vector<float> many = numbers(500 * 2000, 6);
    cf::threads team{2};
    auto long_sum = cf::compile<double>(sum(exp(sin(s))));
    auto scalar = cf::compile<double>(exp(sin(a)));
    const std::vector<double> values(many.begin(), many.end());
    for (const cf::sharing how : {cf::sharing::fast, cf::sharing::reproducible}) {
        CHECK(long_sum.on(team, how)(s = cf::batch(values)) == Approx(long_sum(s = cf::batch(values))).epsilon(1e-13));
        CHECK(scalar.on(team, how)(a = cf::batch(values)) == Approx(scalar(a = cf::batch(values))).epsilon(1e-13));
    }
}
TEST_CASE("a team serves several programs, and one without a batch") {
    cf::threads team{2};
    auto one = cf::compile<float>(loss);
    auto other = cf::compile<float>(value_and_gradient(loss, V, b, W));
    auto value = one.on(team);
    auto gradient = other.on(team);
    for (int i = 0; i < 100; ++i) {
        const float single = value(x = first(inputs, 64), t = first(targets, 4), V = v, b = bias, W = w);
        CHECK(single == Approx(run(gradient, 1).back()).epsilon(1e-6));
        CHECK(value(x = cf::batch(first(inputs, 64 * 512)), t = cf::batch(first(targets, 4 * 512)), V = v, b = bias,
                    W = w) == Approx(run(gradient, 512).back()).epsilon(1e-6));
    }
}
TEST_CASE("a team has at least one thread") {
    CHECK_THROWS_AS(cf::threads{0}, std::invalid_argument);
    try {
        cf::threads team{-3};
    } catch (const std::invalid_argument& e) {
        CHECK(std::string(e.what()) == "threads: expected at least one, found -3");
    }
}
