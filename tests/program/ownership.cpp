// Programs and tensors are values: copied, moved, assigned, small ones and such as need a block of memory.
#include <algorithm>
#include <array>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include <chainfold/chainfold.hpp>
#include <chainfold/program/threads.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;
using namespace chainfold::literals;

namespace {
constexpr auto x = cf::input<"x", 300>;
constexpr auto W = cf::parameter<"W", 300, 300>;
constexpr auto v = cf::input<"v", 3>;
constexpr auto large = cf::value_and_gradient(squared_norm(W * tanh(W * x)), W);
constexpr auto small = cf::value_and_gradient(squared_norm(tanh(v)), v);

std::vector<float> wave(std::size_t count, float scale) {
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(scale * static_cast<float>(static_cast<int>(i * 37 % 101) - 50));
    return values;
}
const std::vector<float> weights = wave(90000, 0.001f), data = wave(300 * 40, 0.01f);

std::vector<float> run(auto& program, std::size_t first) {
    const auto r = program(x = cf::batch(std::span<const float>(data).subspan(first * 300, 300 * 20)), W = weights);
    std::vector<float> all(r.gradient.data(), r.gradient.data() + r.gradient.size());
    all.push_back(r.value);
    return all;
}
}  // namespace

TEST_CASE("copies and moves of a large program compute the same") {
    auto program = cf::compile<float>(large);
    const std::vector<float> expected = run(program, 0), other = run(program, 20);
    auto copy = program;
    CHECK(run(copy, 0) == expected);
    CHECK(run(program, 20) == other);
    auto moved = std::move(program);
    CHECK(run(moved, 0) == expected);
    copy = moved;
    CHECK(run(copy, 20) == other);
    moved = std::move(copy);
    CHECK(run(moved, 0) == expected);
    auto& itself = moved;
    moved = itself;
    CHECK(run(moved, 20) == other);
}
TEST_CASE("copies of a program own their results") {
    auto program = cf::compile<double>(small);
    const auto first = program(v = std::array{1.0, 0.0, 0.0});
    auto copy = program;
    const auto second = copy(v = std::array{0.0, 1.0, 0.0});
    CHECK(first.gradient[v](0) != 0);
    CHECK(first.gradient[v](1) == 0);
    CHECK(second.gradient[v](0) == 0);
    CHECK(second.gradient[v](1) == first.gradient[v](0));
}
TEMPLATE_TEST_CASE_SIG("tensors are copied and moved", "", ((std::size_t N), N), 3, 40000) {
    cf::tensor<float, N> a;
    CHECK(std::all_of(a.begin(), a.end(), [](float entry) { return entry == 0; }));
    a(0) = 1;
    a(N - 1) = 2;
    cf::tensor<float, N> b = a;
    b(0) = 3;
    CHECK(a(0) == 1);
    CHECK(b(N - 1) == 2);
    CHECK(!(a == b));
    a = b;
    CHECK(a == b);
    cf::tensor<float, N> c = std::move(b);
    CHECK(c == a);
    b = c;
    CHECK(b == c);
    auto& itself = b;
    b = itself;
    CHECK(b == c);
    b = std::move(c);
    CHECK(b == a);
}
TEST_CASE("two programs in two threads") {
    auto program = cf::compile<float>(large);
    const std::vector<float> expected[2] = {run(program, 0), run(program, 20)};
    bool same[2] = {true, true};
    const auto work = [&](std::size_t which) {
        auto mine = cf::compile<float>(large);
        for (int i = 0; i < 20; ++i) same[which] = same[which] && run(mine, 20 * which) == expected[which];
    };
    std::thread first(work, 0), second(work, 1);
    first.join();
    second.join();
    CHECK((same[0] && same[1]));
}
TEST_CASE("a program that nobody keeps gives results that do not look into it") {
    constexpr std::array at{1.0, 0.5, -2.0};
    auto kept = cf::compile<double>(small);
    const auto expected = kept(v = at);

    const auto r = cf::compile<double>(small)(v = at);
    STATIC_REQUIRE(std::is_same_v<decltype(cf::compile<double>(small)(v = at).gradient[v]), cf::tensor<double, 3>>);
    const auto slope = cf::compile<double>(cf::gradient(squared_norm(tanh(v)), v))(v = at).gradient[v];
    const auto y = cf::compile<double>(tanh(v))(v = at);
    const auto [twice, sum] = cf::compile<double>(2_c * v, cf::sum(v))(v = at);
    const auto mean = cf::compile<double>(small)(v = cf::batch(at));
    const double number = cf::compile<double>(cf::sum(v))(v = at);
    CHECK(r.value == expected.value);
    CHECK(mean.value == expected.value);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(r.gradient[v](i) == expected.gradient[v](i));
        CHECK(mean.gradient[v](i) == expected.gradient[v](i));
        CHECK(slope(i) == expected.gradient[v](i));
        CHECK(y(i) == Approx(std::tanh(at[i])).epsilon(1e-15));
        CHECK(twice(i) == 2 * at[i]);
    }
    CHECK(sum == -0.5);
    CHECK(number == -0.5);
}
TEST_CASE("what is kept of a gradient that goes sample by sample is the rest of it") {
    constexpr auto w = cf::parameter<"w">;
    constexpr auto each = cf::input<"each">;
    constexpr std::array samples{1.0, 2.0, 3.0};
    std::array<double, 3> by_sample{};
    const auto r = cf::compile<double>(cf::value_and_gradient(square(w * each), w, each))(
        w = 2.0, each = cf::batch(samples).gradient_into(by_sample));
    CHECK(r.value == Approx(4 * 14.0 / 3));
    CHECK(r.gradient[w] == Approx(4 * 14.0 / 3));
    CHECK(by_sample[2] == Approx(24 * 1.0));
}
TEST_CASE("a gradient of its own is read as a view is, and copied") {
    constexpr std::array at{1.0, 0.5, -2.0};
    const auto r = cf::compile<double>(small)(v = at);
    const auto copy = r;
    auto assigned = cf::compile<double>(small)(v = std::array{0.0, 0.0, 0.0});
    assigned = copy;
    CHECK(r.gradient.size() == 3);
    CHECK(copy.gradient.data() != r.gradient.data());
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(r.gradient.data()[i] == r.gradient[v](i));
        CHECK(copy.gradient[v](i) == r.gradient[v](i));
        CHECK(assigned.gradient[v](i) == r.gradient[v](i));
    }
}
TEST_CASE("several threads may run a program that nobody keeps") {
    constexpr std::array at{1.0, 0.5, -2.0};
    cf::threads two(2);
    const auto y = cf::compile<double>(tanh(v)).on(two)(v = at);
    const auto slope = cf::compile<double>(small).on(two)(v = cf::batch(at)).gradient[v];
    const auto r = cf::compile<double>(small)(v = at);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(y(i) == Approx(std::tanh(at[i])).epsilon(1e-15));
        CHECK(slope(i) == Approx(r.gradient[v](i)).epsilon(1e-15));
    }
    auto kept = cf::compile<double>(tanh(v));
    const auto views = kept.on(two)(v = at);
    STATIC_REQUIRE(std::is_same_v<decltype(views), const cf::tensor_view<const double, 3>>);
}
