// Symbols that are bound together, to numbers that stand one after another.
#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include <chainfold/chainfold.hpp>

namespace {

namespace cf = chainfold;

constexpr auto x = cf::input<"x", 2>;
constexpr auto W = cf::parameter<"W", 2, 2>;
constexpr auto b = cf::parameter<"b", 2>;
constexpr auto c = cf::parameter<"c">;
constexpr auto y = c * dot(W * x + b, W* x + b);

template <class T>
using weights = cf::bound_block<T, std::remove_cvref_t<decltype(W)>, std::remove_cvref_t<decltype(b)>,
                                std::remove_cvref_t<decltype(c)>>;

constexpr std::array<double, 7> block{1, 2, 3, 4, 5, 6, 0.5};
constexpr std::array<double, 2> sample{1, -1};
// W x + b = (4, 5)
static_assert(cf::evaluate(y, x = sample, weights<const double>(block.data())) == 0.5 * (16 + 25));
static_assert(cf::evaluate(y, weights<const double>(block.data()), x = sample) == 0.5 * (16 + 25));

static_assert(cf::WithBlock<weights<const double>> && cf::WithBlock<decltype(x = sample), weights<const double>>);
static_assert(!cf::WithBlock<decltype(x = sample)> && !cf::WithBlock<>);

TEST_CASE("a block binds each symbol to where its numbers stand") {
    weights<const double>(block.data()).spread([](const auto& w, const auto& v, const auto& s) {
        STATIC_REQUIRE(
            std::is_same_v<std::remove_cvref_t<decltype(w)>, cf::binding<std::remove_cvref_t<decltype(W)>, double>>);
        CHECK(w.data() == block.data());
        CHECK(w.count == 4);
        CHECK(v.data() == block.data() + 4);
        CHECK(v.count == 2);
        CHECK(s.data() == block.data() + 6);
        CHECK(s.count == 1);
    });
}
TEST_CASE("a program takes a block as it takes its symbols") {
    auto f = cf::compile<double>(cf::value_and_gradient(y, W, b, c));
    const auto r = f(x = sample, weights<const double>(block.data()));
    const std::vector<double> by_block(r.gradient.data(), r.gradient.data() + 7);
    CHECK(r.value == 0.5 * (16 + 25));
    const auto each = f(x = sample, W = std::array{1.0, 2.0, 3.0, 4.0}, b = std::array{5.0, 6.0}, c = 0.5);
    CHECK(by_block == std::vector<double>(each.gradient.data(), each.gradient.data() + 7));
}
TEST_CASE("a block stands beside a batch and its outputs") {
    auto f = cf::compile<double>(y);
    const std::array<double, 6> samples{1, -1, 0, 0, -1, 1};
    std::array<double, 3> out{};
    f(weights<const double>(block.data()), x = cf::batch(samples), cf::into(out));
    CHECK(out == std::array{20.5, 30.5, 42.5});
    CHECK(std::abs(f(x = cf::batch(samples), weights<const double>(block.data())) - (20.5 + 30.5 + 42.5) / 3) < 1e-13);
}
TEST_CASE("a block that may change moves in place") {
    auto descend = cf::compile<double>(cf::gradient_descent(y, W, b, c));
    std::array<double, 7> moving = block, each = block;
    descend(x = sample, cf::learning_rate = 0.01, weights<double>(moving.data()));
    descend(x = sample, cf::learning_rate = 0.01, W = cf::in_place(std::span(each).first<4>()),
            b = cf::in_place(std::span(each).subspan<4, 2>()), c = cf::in_place(std::span(each).last<1>()));
    CHECK(moving == each);
    CHECK(moving != block);
}
TEST_CASE("a block at a crooked address is refused by its first symbol's name") {
    auto f = cf::compile<double>(y);
    alignas(double) unsigned char bytes[sizeof block + 1] = {};
    std::memcpy(bytes + 1, block.data(), sizeof block);
    void* const crooked = bytes + 1;
    CHECK_THROWS_WITH(f(x = sample, weights<const double>(static_cast<const double*>(crooked))),
                      "W: expected numbers at an address that is a multiple of 8, found another: copy them to an array "
                      "of their type");
}
TEST_CASE("results of the last call may stand in a block") {
    auto f = cf::compile<double>(cf::gradient(y, W, b, c));
    const auto first = f(x = sample, weights<const double>(block.data()));
    const std::vector<double> kept(first.gradient.data(), first.gradient.data() + 7);
    const auto second = f(x = sample, weights<const double>(first.gradient.data()));
    const std::vector<double> by_own(second.gradient.data(), second.gradient.data() + 7);
    const auto again = f(x = sample, weights<const double>(kept.data()));
    CHECK(by_own == std::vector<double>(again.gradient.data(), again.gradient.data() + 7));
}

}  // namespace
