// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/logarithm.hpp>

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
    return math::log(T(1)) == 0 && math::log(T(0)) == -infinity<T> && math::log(infinity<T>) == infinity<T> &&
           math::log(T(-1)) != math::log(T(-1)) && math::log(-infinity<T>) != math::log(-infinity<T>) &&
           math::log(not_a_number<T>) != math::log(not_a_number<T>) && math::log1p(T(0)) == 0 &&
           math::log1p(T(-1)) == -infinity<T> && math::log1p(T(-2)) != math::log1p(T(-2)) &&
           math::log1p(infinity<T>) == infinity<T> &&
           math::log1p(not_a_number<T>) != math::log1p(not_a_number<T>);
}
static_assert(ends_are_right<float>());
static_assert(ends_are_right<double>());
static_assert(ends_are_right<long double>());
static_assert(math::log(2.0f) == 0.693147181f);
static_assert(math::log(2.0) == 0.6931471805599453);
static_assert(math::log(2.0L) == 0.693147180559945309417L);
static_assert(math::log(5e-324) == -744.4400719213812, "denormals");
static_assert(math::log1p(1e-10) > 9.99999999949999e-11 && math::log1p(1e-10) < 9.99999999950001e-11);

const auto log_of = [](auto x) { return math::log(x); };
const auto log1p_of = [](auto x) { return math::log1p(x); };

}  // namespace

TEMPLATE_TEST_CASE("log is within two places, of denormals too", "[math]", float, double) {
    const double low = sizeof(TestType) == 4 ? -148 : -1073, high = sizeof(TestType) == 4 ? 127.9 : 1023.9;
    CHECK(accuracy::worst(accuracy::spread<TestType>(low, high, false), log_of, accuracy::true_log) <= 1.5);
    CHECK(accuracy::worst(accuracy::even<TestType>(0, 4, 20000), log_of, accuracy::true_log) <= 1.5);
    CHECK(accuracy::worst(accuracy::even<TestType>(0.99, 1.01), log_of, accuracy::true_log) <= 1.5);
}

TEMPLATE_TEST_CASE("log1p is within two places, near zero too", "[math]", float, double) {
    const double low = sizeof(TestType) == 4 ? -148 : -1073, high = sizeof(TestType) == 4 ? 127.9 : 1023.9;
    CHECK(accuracy::worst(accuracy::spread<TestType>(low, high, false), log1p_of, accuracy::true_log1p) <= 2);
    CHECK(accuracy::worst(accuracy::spread<TestType>(low, 0), log1p_of, accuracy::true_log1p) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(-1, 3, 20000), log1p_of, accuracy::true_log1p) <= 2);
}

TEMPLATE_TEST_CASE("log and log1p of vectors are those of scalars", "[math]", float, double) {
    std::vector<TestType> xs = accuracy::spread<TestType>(-150, 127);
    if (accuracy::all_numbers)
        xs[0] = infinity<TestType>, xs[1] = -infinity<TestType>, xs[2] = not_a_number<TestType>, xs[3] = TestType(-0.0);
    xs[4] = -1, xs[5] = 0;
    CHECK(accuracy::differences(xs, log_of) == 0);
    CHECK(accuracy::differences(xs, log1p_of) == 0);
}

TEST_CASE("log at the ends of the range, at run time", "[math]") {
    CHECK(ends_are_right<float>());
    CHECK(ends_are_right<double>());
    CHECK(ends_are_right<long double>());
}

TEST_CASE("log and log1p of long double", "[math]") {
    CHECK(accuracy::worst(accuracy::spread<long double>(-16000, 16000, false), log_of, accuracy::true_log) <= 3);
    CHECK(accuracy::worst(accuracy::even<long double>(0.1, 3), log_of, accuracy::true_log) <= 3);
    CHECK(accuracy::worst(accuracy::spread<long double>(-1000, -0.1), log1p_of, accuracy::true_log1p) <= 3);
}
