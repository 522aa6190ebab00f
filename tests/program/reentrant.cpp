// A program has no state but its own: calls within calls, its own results as arguments, and copies of one program that
// several threads call at once.
// needs: thread
#include <span>
#include <thread>
#include <vector>

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/program/compile.hpp>
#include <chainfold/program/evaluate.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 37>;
constexpr auto A = cf::parameter<"A", 37, 37>;
constexpr auto loss = cf::squared_norm(tanh(A * x)) + log_sum_exp(x);

std::vector<float> numbers(std::size_t count, unsigned state) {
    std::vector<float> found;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        found.push_back(static_cast<float>(state >> 8) * 0x1p-24f - 0.5f);
    }
    return found;
}
const std::vector<float> vector = numbers(37, 1), matrix = numbers(37 * 37, 2), batch = numbers(37 * 300, 3);

std::vector<float> kept(const auto& result) { return {result.data(), result.data() + result.size()}; }
}  // namespace

TEST_CASE("a program takes its own results as arguments") {
    auto f = cf::compile<float>(A * x);  // whose result is written while x is read
    std::vector<float> wanted = kept(f(x = vector, A = matrix));
    for (int i = 0; i < 3; ++i) wanted = kept(f(x = wanted, A = matrix));
    const auto once = f(x = vector, A = matrix);
    const auto twice = f(x = once, A = matrix);
    CHECK(kept(f(x = f(x = twice, A = matrix), A = matrix)) == wanted);

    auto both = cf::compile<float>(A * x, transpose(A) * x);
    const auto [forward, backward] = both(x = vector, A = matrix);
    const std::vector<float> from_backward = kept(backward);
    const auto [again, unused] = both(x = backward, A = matrix);
    CHECK(kept(again) == kept(f(x = from_backward, A = matrix)));

    auto gradient = cf::compile<float>(cf::value_and_gradient(loss, x));
    const auto r = gradient(x = vector, A = matrix);
    const std::vector<float> direction = kept(r.gradient[x]);
    const float expected = gradient(x = direction, A = matrix).value;
    const auto first = gradient(x = vector, A = matrix);
    CHECK(gradient(x = first.gradient[x], A = matrix).value == expected);
}
TEST_CASE("a program of single numbers takes its own results as arguments") {
    constexpr auto v = cf::input<"v", 3>;
    constexpr auto w = cf::input<"w", 3>;
    constexpr auto next =
        stack(element<1>(v) - element<2>(w), element<2>(v) + element<0>(w), element<0>(v) * element<1>(w));
    constexpr auto with_part = stack(next, w);  // a part that is copied when the others are there
    const auto run_twice = [&](auto& f, const std::vector<double>& a, const std::vector<double>& b) {
        const std::vector<double> first = [&] {
            const auto r = f(v = a, w = b);
            return std::vector<double>(r.data(), r.data() + 3);
        }();
        const auto wanted = f(v = first, w = first);
        const std::vector<double> expected(wanted.data(), wanted.data() + wanted.size());
        const auto once = f(v = a, w = b);
        const std::span<const double> own(once.data(), 3);
        const auto twice = f(v = own, w = own);
        CHECK(std::vector<double>(twice.data(), twice.data() + twice.size()) == expected);
    };
    auto f = cf::compile<double>(next);
    auto g = cf::compile<double>(with_part);
    run_twice(f, {1, 2, 3}, {5, 7, 11});
    run_twice(g, {1, 2, 3}, {5, 7, 11});
}
TEST_CASE("of a small program any of its last results may be any argument") {
    constexpr auto u = cf::input<"u", 2>;
    constexpr auto t = cf::input<"t", 1>;
    constexpr auto V = cf::parameter<"V", 4, 2>;
    constexpr auto b = cf::parameter<"b", 4>;
    constexpr auto W = cf::parameter<"W", 1, 4>;
    constexpr auto c = cf::parameter<"c", 1>;
    const std::vector<float> own_u = numbers(2, 4), own_t = numbers(1, 5), own_V = numbers(8, 6), own_b = numbers(4, 7),
                             own_W = numbers(4, 8), own_c = numbers(1, 9);
    auto f = cf::compile<float>(
        cf::value_and_gradient(cf::squared_norm(sigmoid(W * sigmoid(V * u + b) + c) - t), V, b, W, c));
    constexpr std::size_t results = 8 + 4 + 4 + 1 + 1;
    // One argument from among the results, or from a copy of them.
    const auto check = [&]<std::size_t Size>(auto call) {
        for (std::size_t at = 0; at + Size <= results; ++at) {
            const auto run = [&](bool copied) {
                const auto r = f(u = own_u, t = own_t, V = own_V, b = own_b, W = own_W, c = own_c);
                const float* const first = r.gradient.data();
                const std::vector<float> copy(first, first + results);
                const auto next = call(std::span<const float, Size>((copied ? copy.data() : first) + at, Size));
                std::vector<float> found(next.gradient.data(), next.gradient.data() + next.gradient.size());
                found.push_back(next.value);
                return found;
            };
            CHECK(run(false) == run(true));
        }
    };
    check.operator()<2>([&](auto s) { return f(u = s, t = own_t, V = own_V, b = own_b, W = own_W, c = own_c); });
    check.operator()<1>([&](auto s) { return f(u = own_u, t = s, V = own_V, b = own_b, W = own_W, c = own_c); });
    check.operator()<8>([&](auto s) { return f(u = own_u, t = own_t, V = s, b = own_b, W = own_W, c = own_c); });
    check.operator()<4>([&](auto s) { return f(u = own_u, t = own_t, V = own_V, b = s, W = own_W, c = own_c); });
    check.operator()<4>([&](auto s) { return f(u = own_u, t = own_t, V = own_V, b = own_b, W = s, c = own_c); });
    check.operator()<1>([&](auto s) { return f(u = own_u, t = own_t, V = own_V, b = own_b, W = own_W, c = s); });
}
TEST_CASE("programs are called within calls") {
    auto f = cf::compile<float>(A * x);
    auto g = cf::compile<float>(tanh(x));
    auto value = cf::compile<float>(loss);
    const std::vector<float> inner = kept(g(x = vector)), middle = kept(f(x = inner, A = matrix));
    const float wanted = value(x = middle, A = matrix);
    CHECK(value(x = f(x = g(x = vector), A = matrix), A = matrix) == wanted);
}
TEST_CASE("copies of a program are called by threads at once", "[threads]") {
    auto step = cf::compile<float>(cf::value_and_gradient(loss, A, x));
    const std::vector<float> one = kept(step(x = vector, A = matrix).gradient),
                             many = kept(step(x = cf::batch(batch), A = matrix).gradient);
    const float value = cf::evaluate(loss, x = vector, A = matrix);
    int wrong[4] = {};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, mine = step, t]() mutable {
            for (int i = 0; i < 20; ++i) {
                wrong[t] += kept(mine(x = vector, A = matrix).gradient) != one;
                wrong[t] += kept(mine(x = cf::batch(batch), A = matrix).gradient) != many;
            }
            wrong[t] += cf::evaluate(loss, x = vector, A = matrix) != value;
        });
    for (std::thread& t : threads) t.join();
    for (const int w : wrong) CHECK(w == 0);
}
