// Everything that can be bound, and what is refused at run time.
#include <array>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <chainfold/chainfold.hpp>

#include "support/catch.hpp"

namespace cf = chainfold;

namespace {
constexpr auto x = cf::input<"x", 6>;
constexpr auto A = cf::input<"A", 2, 3>;
constexpr auto B = cf::input<"B", 3, 2>;
constexpr auto s = cf::input<"s">;
constexpr auto t = cf::input<"t", 2>;
constexpr auto mix = dot(x, x) + dot(A * B * t, t) * s;

const std::array<double, 6> values{1, 2, 3, 4, 5, 6};

template <class F>
std::string refusal(F call) {
    try {
        call();
    } catch (const std::invalid_argument& e) {
        return e.what();
    }
    return "accepted";
}
}  // namespace

TEST_CASE("scalars of any arithmetic type are converted") {
    auto f = cf::compile<double>(s * s);
    CHECK(f(s = 3) == 9);
    CHECK(f(s = 3.0f) == 9);
    CHECK(f(s = 3.0L) == 9);
    CHECK(f(s = static_cast<short>(3)) == 9);
    CHECK(f(s = 3u) == 9);
    CHECK(f(s = static_cast<unsigned char>(3)) == 9);
    const double given = 3;
    CHECK(f(s = given) == 9);
    auto g = cf::compile<float>(s * s);
    CHECK(g(s = 0.1) == 0.1f * 0.1f);
    CHECK(g(s = -3LL) == 9);
}
TEST_CASE("containers of every kind") {
    auto f = cf::compile<double>(dot(x, x));
    const double squares = 91;
    CHECK(f(x = values) == squares);
    CHECK(f(x = std::array{1.0, 2.0, 3.0, 4.0, 5.0, 6.0}) == squares);
    const double list[6] = {1, 2, 3, 4, 5, 6};
    CHECK(f(x = list) == squares);
    const double table[2][3] = {{1, 2, 3}, {4, 5, 6}};
    CHECK(f(x = table) == squares);
    double writable[3][2] = {{1, 2}, {3, 4}, {5, 6}};
    CHECK(f(x = writable) == squares);
    CHECK(f(x = std::vector<double>(values.begin(), values.end())) == squares);
    CHECK(f(x = std::span<const double>(values)) == squares);
    CHECK(f(x = std::span<const double, 6>(values)) == squares);
    std::vector<double> v(values.begin(), values.end());
    CHECK(f(x = std::span<double>(v)) == squares);
    cf::tensor<double, 2, 3> owned{};
    for (std::size_t i = 0; i < 6; ++i) owned.data()[i] = values[i];
    CHECK(f(x = owned) == squares);
    CHECK(f(x = cf::tensor_view<double, 6>(v.data())) == squares);
    CHECK(f(x = cf::tensor_view<const double, 6>(list)) == squares);
    // Numbers that do not stand where a register would like them to.
    std::vector<double> shifted{0};
    shifted.insert(shifted.end(), values.begin(), values.end());
    CHECK(f(x = std::span<const double>(shifted).subspan(1)) == squares);
}
TEST_CASE("a scalar symbol takes an array of one, or a batch") {
    auto f = cf::compile<double>(s * s);
    CHECK(f(s = std::array{3.0}) == 9);
    CHECK(f(s = std::vector<double>{3.0}) == 9);
    CHECK(f(s = cf::batch(std::array{3.0, 4.0})) == 12.5);
}
TEST_CASE("bindings in any order, matrices row by row") {
    auto f = cf::compile<double>(mix);
    const std::array<double, 2> ones{1, 1};
    const double expected = 91 + 2 * (22 + 28 + 49 + 64);
    CHECK(f(x = values, A = values, B = values, s = 2.0, t = ones) == expected);
    CHECK(f(t = ones, s = 2.0, B = values, A = values, x = values) == expected);
    CHECK(f(s = 2.0, t = ones, x = values, B = values, A = values) == expected);
}
TEST_CASE("a result bound to the next call's input is read before it is lost") {
    auto f = cf::compile<double>(x + x);
    const auto first = f(x = values);
    auto g = cf::compile<double>(dot(x, x));
    CHECK(g(x = first) == 4 * 91);
}
TEST_CASE("a wrong number of values at run time") {
    auto f = cf::compile<double>(mix);
    const std::vector<double> five(5), two(2), six(6);
    CHECK(refusal([&] { f(x = five, A = six, B = six, s = 1.0, t = two); }) == "x: expected 6 numbers, found 5");
    CHECK(refusal([&] { f(x = six, A = std::span<const double>(five), B = six, s = 1.0, t = two); }) == "A: expected 6 numbers, found 5");
    CHECK(refusal([&] { f(x = six, A = six, B = six, s = two, t = two); }) == "s: expected 1 numbers, found 2");
    CHECK(refusal([&] { f(x = six, A = six, B = six, s = 1.0, t = std::vector<double>{}); }) == "t: expected 2 numbers, found 0");
    CHECK(refusal([&] { f(x = six, A = six, B = six, s = 1.0, t = two); }) == "accepted");
}
TEST_CASE("batches that do not fit each other") {
    auto f = cf::compile<double>(mix);
    const std::vector<double> none, four(4), six(6), seven(7), twelve(12);
    using cf::batch;
    CHECK(refusal([&] { f(x = batch(none), A = six, B = six, s = 1.0, t = std::array{1.0, 1.0}); }) ==
          "x: a batch must hold at least one sample, found none");
    CHECK(refusal([&] { f(x = batch(seven), A = six, B = six, s = 1.0, t = std::array{1.0, 1.0}); }) ==
          "x: a batch of samples of 6 numbers, found 7, which is no whole number of samples");
    CHECK(refusal([&] { f(x = batch(twelve), A = six, B = six, s = 1.0, t = batch(six)); }) ==
          "t: all batches of a call must be of one length: expected 2 samples, found 3");
    CHECK(refusal([&] { f(x = batch(twelve), A = std::span<const double>(six).first(5), B = six, s = 1.0, t = batch(four)); }) ==
          "A: expected 6 numbers, found 5");
    CHECK(refusal([&] { f(x = batch(twelve), A = six, B = six, s = 1.0, t = batch(four)); }) == "accepted");
}
TEST_CASE("an output of the wrong length") {
    auto f = cf::compile<double>(x + x);
    const std::vector<double> two_samples(12);
    std::vector<double> out(11), right(12);
    CHECK(refusal([&] { f(x = cf::batch(two_samples), cf::into(out)); }) == "into(...): expected 12 numbers, found 11");
    CHECK(refusal([&] { f(x = cf::batch(two_samples), cf::into(right)); }) == "accepted");
}
TEST_CASE("into stands anywhere and takes whatever can be written") {
    constexpr auto y = s * t;
    auto f = cf::compile<float>(y);
    const std::array<float, 6> samples{1, 2, 3, 4, 5, 6};
    const std::array<float, 3> scales{1, 10, 100};
    const std::vector<float> expected{1, 2, 30, 40, 500, 600};
    std::vector<float> first(6), middle(6);
    float last[6] = {};
    f(cf::into(first), t = cf::batch(samples), s = cf::batch(scales));
    f(t = cf::batch(samples), cf::into(std::span<float>(middle)), s = cf::batch(scales));
    f(t = cf::batch(samples), s = cf::batch(scales), cf::into(last));
    CHECK(first == expected);
    CHECK(middle == expected);
    CHECK(std::vector<float>(last, last + 6) == expected);
    cf::tensor<float, 3, 2> table;
    f(t = cf::batch(samples), s = cf::batch(scales), cf::into(table));
    CHECK(table(2, 1) == 600);
}
