// SPDX-License-Identifier: BSL-1.0
// Exact numbers outside constants: what is refused, and why.
#include <chainfold/math/number_text.hpp>

#include "../support/catch.hpp"

#include <string>

namespace math = chainfold::math;
using math::number;
using math::parse_error;

namespace {

constexpr std::int64_t most = 9223372036854775807;

std::string printed(number n) {
    char out[math::longest_number]{};
    return {out, static_cast<std::size_t>(math::print(n, out))};
}

}  // namespace

TEST_CASE("what is no number says what it is", "[math]") {
    const struct {
        std::string text;
        parse_error error;
    } cases[] = {
        {"0x1p3", parse_error::not_decimal},
        {"0X1", parse_error::not_decimal},
        {"0b11", parse_error::not_decimal},
        {"0B1", parse_error::not_decimal},
        {"012", parse_error::not_decimal},
        {"12345678901234567891", parse_error::too_many_digits},
        {"0.12345678901234567890123", parse_error::too_many_digits},
        {"9223372036854775809", parse_error::too_many_digits},
        {"1e1000000", parse_error::exponent_too_far},
        {"", parse_error::malformed},
        {".", parse_error::malformed},
        {"-", parse_error::malformed},
        {"1e", parse_error::malformed},
        {"1e+", parse_error::malformed},
        {"1ex", parse_error::malformed},
        {"1.2.3", parse_error::malformed},
        {"1f", parse_error::malformed},
        {"'1", parse_error::malformed},
        {"1'", parse_error::malformed},
        {"1''0", parse_error::malformed},
        {"1'.5", parse_error::malformed},
        {"1e1'", parse_error::malformed},
        {"1e1x", parse_error::malformed},
    };
    for (const auto& c : cases) {
        CAPTURE(c.text);
        const math::parsed p = math::parse(c.text);
        CHECK_FALSE(p.ok);
        CHECK(p.error == c.error);
    }
    CHECK(math::parse("100'000.000'1E+1'0").value == number{1000000001, 1, 6});
    CHECK(math::parse("-2.5e-3").value == number{-25, 1, -4});
}

TEST_CASE("numbers print as they are read", "[math]") {
    CHECK(printed({1, 3, 0}) == "1 / 3");
    CHECK(printed({-5, 3, -1}) == "-1 / 6");
    CHECK(printed({1, 3, 2}) == "100 / 3");
    CHECK(printed({most, 3, 2}) == "9.223372036854775807e20 / 3");
    CHECK(printed({1, 3, 300}) == "1e300 / 3");
    CHECK(printed({-most, 1, 0}) == "-9223372036854775807");
    CHECK(printed({1, 1, -6}) == "0.000001");
    CHECK(printed({1, 1, -7}) == "1e-7");
}

TEST_CASE("a fold that has too many digits is refused", "[math]") {
    const number one{1, 1, 0}, two{2, 1, 0}, three{3, 1, 0}, huge{1, 1, 300}, large{most, 1, 0}, third{1, 3, 0};
    CHECK_FALSE(math::divide(one, number{}).exact);
    CHECK_FALSE(math::power(number{}, -1).exact);
    CHECK_FALSE(math::power(two, -2147483647 - 1).exact);
    CHECK_FALSE(math::power(two, 63).exact);
    CHECK_FALSE(math::power(two, -70).exact);
    CHECK_FALSE(math::add(huge, one).exact);
    CHECK_FALSE(math::add(one, huge).exact);
    CHECK_FALSE(math::add(large, large).exact);
    CHECK_FALSE(math::multiply(large, three).exact);
    CHECK_FALSE(math::multiply(third, math::divide(one, large).value).exact);
}

TEST_CASE("numbers far from each other compare", "[math]") {
    const number one{1, 1, 0}, tiny{1, 1, -300}, huge{1, 1, 300}, long_one{most, 1, 30}, third{1, 3, 0};
    CHECK((math::compare(huge, one) > 0));
    CHECK((math::compare(one, huge) < 0));
    CHECK((math::compare(tiny, third) < 0));
    CHECK((math::compare(third, tiny) > 0));
    CHECK((math::compare(long_one, third) > 0));
    CHECK((math::compare(third, long_one) < 0));
    CHECK((math::compare({-1, 1, 300}, {-1, 1, 0}) < 0));
}
