// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/error_function.hpp>

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
    for (const T x : {T(200), T(1e30), infinity<T>})
        if (math::erf(x) != 1 || math::erf(-x) != -1 || math::erfc(x) != 0 || math::erfc(-x) != 2) return false;
    return math::erf(T(0)) == 0 && math::erfc(T(0)) == 1 && math::erfc(T(-0.0)) == 1 &&
           math::erf(not_a_number<T>) != math::erf(not_a_number<T>) &&
           math::erfc(not_a_number<T>) != math::erfc(not_a_number<T>);
}
static_assert(ends_are_right<float>());
static_assert(ends_are_right<double>());
static_assert(ends_are_right<long double>());
static_assert(math::erf(0.5) > 0.5204998778130464 && math::erf(0.5) < 0.5204998778130466);
static_assert(math::erfc(0.5) > 0.4795001221869534 && math::erfc(0.5) < 0.4795001221869536);
static_assert(math::erfc(27.2) > 0 && math::erfc(10.05f) > 0, "underflow is gradual");

const auto erf_of = [](auto x) { return math::erf(x); };
const auto erfc_of = [](auto x) { return math::erfc(x); };

}  // namespace

TEMPLATE_TEST_CASE("erf is within two places", "[math]", float, double) {
    CHECK(accuracy::worst(accuracy::even<TestType>(-7, 7, 40000), erf_of, accuracy::true_erf) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(0.7, 1.3, 20000), erf_of, accuracy::true_erf) <= 2);
    CHECK(accuracy::worst(accuracy::spread<TestType>(-140, 4), erf_of, accuracy::true_erf) <= 2);
}

TEMPLATE_TEST_CASE("erfc is within two places, also where it is small", "[math]", float, double) {
    const double high = sizeof(TestType) == 4 ? 10.2 : 27.3;
    CHECK(accuracy::worst(accuracy::even<TestType>(-7, high, 40000), erfc_of, accuracy::true_erfc) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(0.5, 1, 20000), erfc_of, accuracy::true_erfc) <= 2);
    CHECK(accuracy::worst(accuracy::spread<TestType>(-140, 4), erfc_of, accuracy::true_erfc) <= 2);
}

TEMPLATE_TEST_CASE("erfc comes with e^(-x²), which is exact where x is large", "[math]", float, double) {
    using V = math::simd<TestType, 16 / sizeof(TestType)>;
    const auto gaussian = [](TestType x) { return math::erfc_and_gaussian(math::splat<V>(x)).second[0]; };
    const auto truth = [](long double x) { return accuracy::true_exp(-x * x); };  // x² has twice the digits of x
    const double high = sizeof(TestType) == 4 ? 10.4 : 27.5;
    CHECK(accuracy::worst(accuracy::even<TestType>(-high, high, 40000), gaussian, truth) <= 2.2);
    CHECK(gaussian(TestType(0)) == 1);
    if (accuracy::all_numbers) {
        CHECK(gaussian(infinity<TestType>) == 0);
        CHECK(gaussian(TestType(-1e30)) == 0);
        CHECK(gaussian(not_a_number<TestType>) != gaussian(not_a_number<TestType>));
    }
}

TEMPLATE_TEST_CASE("erf and erfc of vectors are those of scalars", "[math]", float, double) {
    std::vector<TestType> xs = accuracy::spread<TestType>(-140, 12);
    if (accuracy::all_numbers)
        xs[0] = infinity<TestType>, xs[1] = -infinity<TestType>, xs[2] = not_a_number<TestType>, xs[3] = TestType(-0.0);
    for (const auto& x : {xs, accuracy::even<TestType>(-30, 30)}) {
        CHECK(accuracy::differences(x, erf_of) == 0);
        CHECK(accuracy::differences(x, erfc_of) == 0);
    }
}

TEST_CASE("erf and erfc at the ends of the range, at run time", "[math]") {
    CHECK(ends_are_right<float>());
    CHECK(ends_are_right<double>());
    CHECK(ends_are_right<long double>());
    if (accuracy::all_numbers) CHECK(std::signbit(math::erf(-0.0)));
}

TEST_CASE("erf and erfc of long double", "[math]") {
    CHECK(accuracy::worst(accuracy::even<long double>(-8, 8), erf_of, accuracy::true_erf) <= 3);
    CHECK(accuracy::worst(accuracy::even<long double>(-8, 106), erfc_of, accuracy::true_erfc) <= 4);
}
