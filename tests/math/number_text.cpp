// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/number_text.hpp>

#include "../support/catch.hpp"

#include <random>
#include <string>

namespace math = chainfold::math;
using math::number;

namespace {

constexpr bool reads(std::string_view text, number n) {
    const math::parsed p = math::parse(text);
    return p.ok && p.error == math::parse_error::none && p.value == n;
}
constexpr bool fails(std::string_view text, math::parse_error why) {
    const math::parsed p = math::parse(text);
    return !p.ok && p.error == why;
}
constexpr bool prints(number n, std::string_view text) {
    char out[math::longest_number]{};
    return std::string_view{out, static_cast<std::size_t>(math::print(n, out))} == text;
}
constexpr bool again(std::string_view text) { return prints(math::parse(text).value, text); }

static_assert(reads("2", {2, 1, 0}) && reads("0.5", {5, 1, -1}) && reads("1e-3", {1, 1, -3}));
static_assert(reads("3.14159265358979", {314159265358979, 1, -14}) && reads("1'000", {1, 1, 3}));
static_assert(reads("1e300", {1, 1, 300}) && reads(".5", {5, 1, -1}) && reads("5.", {5, 1, 0}));
static_assert(reads("0", {}) && reads("0.0", {}) && reads("-3", {-3, 1, 0}) && reads("00.50", {5, 1, -1}));
static_assert(reads("1E+2", {1, 1, 2}) && reads("100'000.000'1e1'0", {1000000001, 1, 6}));
static_assert(reads("1000000000000000000000000", {1, 1, 24}), "zeros at the end are not significant");
static_assert(reads("123456789012345678", {123456789012345678, 1, 0}));
static_assert(fails("12345678901234567891", math::parse_error::too_many_digits));
static_assert(fails("0.12345678901234567890123", math::parse_error::too_many_digits));
static_assert(fails("0x1p3", math::parse_error::not_decimal) &&
              fails("0b11", math::parse_error::not_decimal));
static_assert(fails("012", math::parse_error::not_decimal) &&
              fails("1e1000000", math::parse_error::exponent_too_far));
static_assert(fails("", math::parse_error::malformed) && fails(".", math::parse_error::malformed));
static_assert(fails("1e", math::parse_error::malformed) && fails("1.2.3", math::parse_error::malformed));
static_assert(fails("1f", math::parse_error::malformed) && fails("'1", math::parse_error::malformed));
static_assert(math::parse_number<'1', '.', '5'>().value == number{15, 1, -1});

static_assert(again("2") && again("0.5") && again("-3") && again("0.001") && again("1e300") &&
              again("100000"));
static_assert(again("3.14159265358979") && again("1e6") && again("1234567") && again("0.0000123") &&
              again("1e-7"));
static_assert(again("1.5e-7") && again("0.000001") && again("0") && again("-1.25e20") &&
              again("999999.999999"));
static_assert(prints({1, 3, 0}, "1 / 3") && prints({-5, 3, -1}, "-1 / 6") && prints({1, 3, 2}, "100 / 3"));
static_assert(prints({1, 3, 300}, "1e300 / 3") &&
              prints({-9223372036854775807, 1, 0}, "-9223372036854775807"));

}  // namespace

TEST_CASE("printed numbers parse back", "[math]") {
    std::mt19937_64 random(11);
    int wrong = 0, longest = 0;
    for (int i = 0; i < 20000; ++i) {
        const auto digits = static_cast<std::int64_t>(random() >> (1 + random() % 62));
        const auto exponent = static_cast<std::int32_t>(random() % 60) - 30;
        const number tens = math::power({1, 1, 1}, exponent).value;
        const math::folded n = math::multiply(math::from_integer(i % 2 != 0 ? -digits : digits), tens);
        char out[math::longest_number];
        const int length = math::print(n.value, out);
        const math::parsed p = math::parse({out, static_cast<std::size_t>(length)});
        wrong += !n.exact || !p.ok || p.value != n.value;
        longest = std::max(longest, length);
    }
    CHECK(wrong == 0);
    CHECK(longest <= math::longest_number);
}
