// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/exponential.hpp>

#include "../support/catch.hpp"
#include "accuracy.hpp"

namespace math = chainfold::math;

namespace {

template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();
template <class T>
constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();

template <class T>
constexpr bool ends_are_right() {
    if (!accuracy::all_numbers) return true;
    return math::exp(T(0)) == 1 && math::exp(T(-0.0)) == 1 && math::exp(infinity<T>) == infinity<T> &&
           math::exp(-infinity<T>) == 0 && math::exp(T(20000)) == infinity<T> && math::exp(T(-20000)) == 0 &&
           math::exp(not_a_number<T>) != math::exp(not_a_number<T>) && math::expm1(T(0)) == 0 &&
           math::expm1(-infinity<T>) == -1 && math::expm1(infinity<T>) == infinity<T> &&
           math::expm1(T(-20000)) == -1 && math::expm1(not_a_number<T>) != math::expm1(not_a_number<T>);
}
static_assert(ends_are_right<float>());
static_assert(ends_are_right<double>());
static_assert(ends_are_right<long double>());
static_assert(math::exp(1.0f) == 2.71828183f);
static_assert(math::exp(1.0) > 2.7182818284590446 && math::exp(1.0) < 2.718281828459046);
static_assert(math::exp(1.0L) > 2.718281828459045234L && math::exp(1.0L) < 2.718281828459045237L);
static_assert(math::exp(-745.0) == 5e-324, "underflow is gradual");
static_assert(math::exp(-103.0f) > 0);
static_assert(math::exp(88.7228f) < infinity<float> && math::exp(709.782712893384) < infinity<double>);
static_assert(math::expm1(1e-10) == 1.00000000005e-10);

const auto exp_of = [](auto x) { return math::exp(x); };
const auto expm1_of = [](auto x) { return math::expm1(x); };

}  // namespace

TEMPLATE_TEST_CASE("exp is within two places", "[math]", float, double) {
    const double low = sizeof(TestType) == 4 ? -104 : -746, high = sizeof(TestType) == 4 ? 89.5 : 711;
    CHECK(accuracy::worst(accuracy::even<TestType>(low, high, 20000), exp_of, accuracy::true_exp) <= 1.5);
    CHECK(accuracy::worst(accuracy::even<TestType>(-1, 1), exp_of, accuracy::true_exp) <= 1.5);
    CHECK(accuracy::worst(accuracy::spread<TestType>(-120, 7), exp_of, accuracy::true_exp) <= 1.5);
}

TEMPLATE_TEST_CASE("expm1 is within two places, near zero too", "[math]", float, double) {
    const double high = sizeof(TestType) == 4 ? 89.5 : 711;
    CHECK(accuracy::worst(accuracy::even<TestType>(-60, high), expm1_of, accuracy::true_expm1) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(-2, 2, 20000), expm1_of, accuracy::true_expm1) <= 2);
    CHECK(accuracy::worst(accuracy::spread<TestType>(-120, 1), expm1_of, accuracy::true_expm1) <= 2);
}

TEMPLATE_TEST_CASE("exp and expm1 of vectors are those of scalars", "[math]", float, double) {
    std::vector<TestType> xs = accuracy::even<TestType>(-800, 800);
    if (accuracy::all_numbers)
        xs[0] = infinity<TestType>, xs[1] = -infinity<TestType>, xs[2] = not_a_number<TestType>, xs[3] = TestType(-0.0);
    CHECK(accuracy::differences(xs, exp_of) == 0);
    CHECK(accuracy::differences(xs, expm1_of) == 0);
    CHECK(accuracy::differences(accuracy::spread<TestType>(-140, 10), expm1_of) == 0);
}

TEST_CASE("exp at the ends of the range, at run time", "[math]") {
    CHECK(ends_are_right<float>());
    CHECK(ends_are_right<double>());
    CHECK(ends_are_right<long double>());
}

TEST_CASE("exp and expm1 of long double", "[math]") {
    CHECK(accuracy::worst(accuracy::even<long double>(-11000, 11000), exp_of, accuracy::true_exp) <= 3);
    CHECK(accuracy::worst(accuracy::even<long double>(-3, 3), expm1_of, accuracy::true_expm1) <= 4);
}
