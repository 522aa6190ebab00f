// What can stand on the right of symbol = value.
#include "support/catch.hpp"

#include <span>
#include <vector>

#include <chainfold/expression/binding.hpp>
#include <chainfold/expression/literal.hpp>
#include <chainfold/tensor/tensor.hpp>

namespace {

using namespace chainfold;

constexpr auto s = input<"s">;
constexpr auto x = input<"x", 4>;
constexpr auto W = parameter<"W", 2, 2>;

TEST_CASE("a scalar takes a number and keeps it") {
    const auto b = (s = 3);
    CHECK(*b.data() == 3);
    STATIC_REQUIRE(std::is_same_v<decltype(b)::value_type, int>);
    constexpr auto constant = (s = 2.5f);
    STATIC_REQUIRE(*constant.data() == 2.5f);
}

TEST_CASE("everything contiguous is referred to") {
    const std::array<double, 4> array{1, 2, 3, 4};
    const double plain[2][2] = {{1, 2}, {3, 4}};
    const std::vector<float> vector{1, 2, 3, 4};
    const tensor<double, 2, 2> square{};
    CHECK((x = array).data() == array.data());
    CHECK((W = array).data() == array.data());
    CHECK((W = plain).data() == &plain[0][0]);
    CHECK((x = vector).data() == vector.data());
    CHECK((x = std::span(vector)).count == 4);
    CHECK((x = std::span<const double, 4>(array)).count == 4);
    CHECK((W = square).data() == square.data());
    CHECK((x = square).count == 4);
    CHECK((W = tensor_view<const double, 2, 2>(array.data())).data() == array.data());
    CHECK((s = std::array{1.0}).count == 1);
}

TEST_CASE("a binding is of a view, or of an object that holds its numbers") {
    const std::array<double, 4> array{1, 2, 3, 4};
    const double plain[4] = {1, 2, 3, 4}, nested[2][2] = {{1, 2}, {3, 4}};
    std::vector<float> vector{1, 2, 3, 4};
    STATIC_REQUIRE_FALSE(decltype(x = array)::is_view);
    STATIC_REQUIRE_FALSE(decltype(x = plain)::is_view);
    STATIC_REQUIRE_FALSE(decltype(W = nested)::is_view);
    STATIC_REQUIRE_FALSE(decltype(x = vector)::is_view);
    STATIC_REQUIRE_FALSE(decltype(x = tensor<float, 4>{})::is_view);
    STATIC_REQUIRE(decltype(x = std::span(vector))::is_view);
    STATIC_REQUIRE(decltype(x = tensor_view<const double, 4>(plain))::is_view);
    STATIC_REQUIRE(decltype(x = batch(array))::is_view);
    STATIC_REQUIRE_FALSE(decltype(s = 3.0)::is_view);  // copied
}

TEST_CASE("a batch knows its numbers") {
    const std::vector<float> samples(12);
    const auto b = (x = batch(samples));
    CHECK(b.count == 12);
    CHECK(b.data() == samples.data());
    STATIC_REQUIRE(decltype(b)::is_batched);
    STATIC_REQUIRE_FALSE(decltype(x = samples)::is_batched);
}

}  // namespace
