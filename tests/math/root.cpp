// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/root.hpp>

#include "../support/catch.hpp"
#include "accuracy.hpp"

namespace math = chainfold::math;

namespace {

template <class T>
constexpr bool ends_are_right() {
    if (!accuracy::all_numbers) return true;
    constexpr T infinity = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
    return math::sqrt(T(0)) == 0 && math::sqrt(T(4)) == 2 && math::sqrt(infinity) == infinity &&
           math::sqrt(T(-1)) != math::sqrt(T(-1)) && math::sqrt(nan) != math::sqrt(nan);
}
static_assert(ends_are_right<float>());
static_assert(ends_are_right<double>());
static_assert(ends_are_right<long double>());
static_assert(math::sqrt(2.0f) == 1.41421356f && math::sqrt(2.0) == 1.4142135623730951);
static_assert(math::sqrt(2.0L) == 1.41421356237309504880L);
static_assert(math::sqrt(4e-320) * math::sqrt(4e-320) > 3.9e-320);
static_assert(math::sqrt(std::numeric_limits<double>::max()) == 1.3407807929942596e154);

}  // namespace

TEMPLATE_TEST_CASE("sqrt is correctly rounded, in constants as at run time", "[math]", float, double,
                   long double) {
    const double low = std::numeric_limits<TestType>::min_exponent - 20;
    for (const auto& xs :
         {accuracy::spread<TestType>(low, std::numeric_limits<TestType>::max_exponent - 1, false),
          accuracy::even<TestType>(0.25, 4)}) {
        int wrong = 0;
        for (const TestType x : xs) {
            wrong += math::sqrt(x) != std::sqrt(x);
            wrong += math::detail::sqrt_constant(x) != std::sqrt(x);
        }
        CHECK(wrong == 0);
    }
}

TEMPLATE_TEST_CASE("sqrt of vectors is that of scalars", "[math]", float, double) {
    const auto sqrt_of = [](auto x) { return math::sqrt(x); };
    CHECK(accuracy::differences(accuracy::spread<TestType>(-120, 120, false), sqrt_of) == 0);
    CHECK(accuracy::differences<2>(accuracy::spread<TestType>(-120, 120), sqrt_of) == 0);
}
