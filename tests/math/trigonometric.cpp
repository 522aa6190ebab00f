// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/trigonometric.hpp>

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
    return math::sin(T(0)) == 0 && math::cos(T(0)) == 1 && math::sin(infinity<T>) != math::sin(infinity<T>) &&
           math::cos(-infinity<T>) != math::cos(-infinity<T>) &&
           math::sin(not_a_number<T>) != math::sin(not_a_number<T>);
}
static_assert(ends_are_right<float>());
static_assert(ends_are_right<double>());
static_assert(ends_are_right<long double>());
static_assert(math::sin(1.0) == 0.8414709848078965 && math::cos(1.0f) == 0.540302306f);
static_assert(math::sin(1e22) == -0.8522008497671888, "Payne and Hanek in a constant expression");
static_assert(math::sin(1e22L) < -0.852200849767188801L && math::sin(1e22L) > -0.852200849767188803L);
static_assert(math::sin(3.141592653589793) == 1.2246467991473532e-16, "full precision next to a zero");

const auto sin_of = [](auto x) { return math::sin(x); };
const auto cos_of = [](auto x) { return math::cos(x); };

/// The T nearest to multiples of pi/2: where the reduction loses most.
template <class T>
std::vector<T> near_zeros() {
    std::vector<T> xs;
    for (int n = 1; n < 6000; ++n) xs.push_back(static_cast<T>(n * 1.57079632679489661923L));
    return xs;
}

}  // namespace

TEMPLATE_TEST_CASE("sin and cos are within two places", "[math]", float, double) {
    const double largest = sizeof(TestType) == 4 ? 127.9 : 1023.9;
    for (const auto& xs : {accuracy::even<TestType>(-10, 10), accuracy::even<TestType>(-5000, 5000),
                           accuracy::even<TestType>(-3e6, 3e6), accuracy::spread<TestType>(-120, largest),
                           near_zeros<TestType>()}) {
        CHECK(accuracy::worst(xs, sin_of, accuracy::true_sin) <= 2);
        CHECK(accuracy::worst(xs, cos_of, accuracy::true_cos) <= 2);
    }
}

TEMPLATE_TEST_CASE("sin and cos of vectors are those of scalars", "[math]", float, double) {
    std::vector<TestType> xs = accuracy::spread<TestType>(-140, 120);
    if (accuracy::all_numbers)
        xs[0] = not_a_number<TestType>, xs[1] = TestType(-0.0);
    for (const auto& x : {xs, accuracy::even<TestType>(-3200, 3200), near_zeros<TestType>()}) {
        CHECK(accuracy::differences(x, sin_of) == 0);
        CHECK(accuracy::differences(x, cos_of) == 0);
    }
}

TEMPLATE_TEST_CASE("sin and cos together are what they are alone", "[math]", float, double) {
    const auto sine = [](auto x) { return math::sin_and_cos(x).first; };
    const auto cosine = [](auto x) { return math::sin_and_cos(x).second; };
    for (const auto& xs : {accuracy::even<TestType>(-10, 10), accuracy::even<TestType>(-3e6, 3e6),
                           accuracy::spread<TestType>(-120, 127.9), near_zeros<TestType>()}) {
        CHECK(accuracy::worst(xs, sine, accuracy::true_sin) <= 2);
        CHECK(accuracy::worst(xs, cosine, accuracy::true_cos) <= 2);
        CHECK(accuracy::differences(xs, sine) == 0);
        CHECK(accuracy::differences(xs, cosine) == 0);
    }
    if (accuracy::all_numbers) {
        CHECK(std::signbit(sine(TestType(-0.0))));
        CHECK(cosine(TestType(-0.0)) == 1);
        CHECK(sine(not_a_number<TestType>) != sine(not_a_number<TestType>));
    }
}

TEST_CASE("sin and cos at the ends of the range, at run time", "[math]") {
    CHECK(ends_are_right<float>());
    CHECK(ends_are_right<double>());
    CHECK(ends_are_right<long double>());
    if (accuracy::all_numbers) CHECK(std::signbit(math::sin(-0.0)));
}

TEST_CASE("sin and cos of long double", "[math]") {
    for (const auto& xs :
         {accuracy::even<long double>(-10, 10), accuracy::spread<long double>(-100, 16383)}) {
        CHECK(accuracy::worst(xs, sin_of, accuracy::true_sin) <= 4);
        CHECK(accuracy::worst(xs, cos_of, accuracy::true_cos) <= 4);
    }
}
