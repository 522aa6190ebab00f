// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/arithmetic.hpp>

#include "../support/catch.hpp"
#include "accuracy.hpp"

namespace math = chainfold::math;

namespace {

template <class T>
constexpr bool holds() {
    constexpr T infinity = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
    const T both = math::maximum(nan, T(1)), either = math::maximum(T(1), nan),
            least = math::minimum(T(1), nan);
    return math::abs(T(-3)) == 3 && math::abs(T(3)) == 3 && math::abs(-infinity) == infinity &&
           math::maximum(T(1), T(2)) == 2 && math::maximum(T(2), T(-1)) == 2 &&
           math::minimum(T(1), T(2)) == 1 && both != both && either != either && least != least &&
           math::square(T(-3)) == 9 && math::reciprocal(T(4)) == T(0.25) &&
           math::reciprocal(T(0)) == infinity && math::power(T(2), 10) == 1024 &&
           math::power(T(2), -2) == T(0.25) && math::power(T(5), 0) == 1 && math::power(T(-3), 3) == -27 &&
           math::power(T(0), -1) == infinity;
}
static_assert(holds<float>());
static_assert(holds<double>());
static_assert(holds<long double>());

}  // namespace

TEST_CASE("arithmetic, at run time", "[math]") {
    CHECK(holds<float>());
    CHECK(holds<double>());
    CHECK(holds<long double>());
    CHECK_FALSE(std::signbit(math::abs(-0.0)));
}

TEMPLATE_TEST_CASE("arithmetic of vectors is that of scalars", "[math]", float, double) {
    std::vector<TestType> xs = accuracy::spread<TestType>(-20, 20);
    xs[0] = std::numeric_limits<TestType>::quiet_NaN(), xs[1] = TestType(-0.0);
    CHECK(accuracy::differences(xs, [](auto x) { return math::abs(x); }) == 0);
    CHECK(accuracy::differences(xs, [](auto x) { return math::square(x); }) == 0);
    CHECK(accuracy::differences(xs, [](auto x) { return math::reciprocal(x); }) == 0);
    CHECK(accuracy::differences(xs, [](auto x) { return math::power(x, 5); }) == 0);
    CHECK(accuracy::differences(xs, [](auto x) { return math::power(x, -3); }) == 0);
    CHECK(accuracy::differences(xs, [](auto x) { return math::maximum(x, math::splat<decltype(x)>(0)); }) ==
          0);
    CHECK(accuracy::differences(xs, [](auto x) { return math::minimum(math::splat<decltype(x)>(1), x); }) ==
          0);
}
