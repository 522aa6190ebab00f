// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/number_text.hpp>
#include <chainfold/math/number_value.hpp>

#include "../support/catch.hpp"

#include <cstdlib>
#include <random>
#include <string>

namespace math = chainfold::math;

namespace {

template <class T>
constexpr T value(std::string_view text) {
    return math::to<T>(math::parse(text).value);
}

static_assert(value<double>("1e300") == 1e300 && value<double>("3.14159265358979") == 3.14159265358979);
static_assert(value<double>("1e-310") == 1e-310 && value<double>("4.9e-324") == 4.9e-324);
static_assert(value<float>("0.1") == 0.1f && value<double>("-0.1") == -0.1 && value<double>("0") == 0);
static_assert(value<double>("1.7976931348623157e308") == 1.7976931348623157e308);
static_assert(value<double>("1.7976931348623159e308") == std::numeric_limits<double>::infinity());
static_assert(value<float>("3.4028236e38") == std::numeric_limits<float>::infinity());
static_assert(value<double>("-1e400") == -std::numeric_limits<double>::infinity() &&
              value<double>("1e-400") == 0);
static_assert(value<float>("1.00000005960464478") == 1.00000011920928955f, "just above a tie");
static_assert(value<double>("9007199254740993") == 9007199254740992.0, "a tie goes to even");
static_assert(value<long double>("1e4000") == 1e4000L && value<long double>("0.1") == 0.1L);
static_assert(math::to<double>(math::divide({1, 1, 0}, {3, 1, 0}).value) == 1.0 / 3);
static_assert(math::to<double>(math::divide({1, 1, 0}, {6, 1, 0}).value) == 1.0 / 6);
static_assert(math::to<float>(math::divide({-2, 1, 0}, {7, 1, 0}).value) == -2.0f / 7);

}  // namespace

TEST_CASE("values are rounded as strtod rounds", "[math]") {
    std::mt19937_64 random(7);
    int wrong = 0;
    for (int i = 0; i < 30000; ++i) {
        const auto digits = static_cast<std::int64_t>(random() >> (1 + random() % 60));
        const int range = i % 3 == 0 ? 40 : 700,
                  exponent = static_cast<int>(random() % 700) % range - range / 2;
        const std::string text = std::to_string(digits) + "e" + std::to_string(exponent);
        wrong += value<float>(text) != std::strtof(text.c_str(), nullptr);
        wrong += value<double>(text) != std::strtod(text.c_str(), nullptr);
        wrong += i % 8 == 0 && value<long double>(text) != std::strtold(text.c_str(), nullptr);
    }
    CHECK(wrong == 0);
}
