// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/math.hpp>
#include <chainfold/math/vector.hpp>

#include "../support/catch.hpp"
#include "accuracy.hpp"

namespace math = chainfold::math;

namespace {

using float4 = math::simd<float, 4>;
using double2 = math::simd<double, 2>;

static_assert(sizeof(float4) == 16 && sizeof(double2) == 16);
static_assert(math::is_simd<float4> && !math::is_simd<float> && !math::is_simd<long double>);
static_assert(math::lanes_of<float4> == 4 && math::lanes_of<double2> == 2 && math::lanes_of<float> == 1);
static_assert(std::is_same_v<math::scalar_of<double2>, double> &&
              std::is_same_v<math::scalar_of<float>, float>);
static_assert(sizeof(math::native_simd<float>) == math::native_bytes);
static_assert(std::is_same_v<math::int_of<float>, std::int32_t> &&
              std::is_same_v<math::uint_of<double>, std::uint64_t>);
static_assert(sizeof(math::int_of<float4>) == 16 && math::lanes_of<math::uint_of<double2>> == 2);
static_assert(math::select(true, 1.0, 2.0) == 1 && math::splat<double>(3) == 3 && math::protect(4.0f) == 4);

/// What the compiler would fold away under -ffast-math.
template <class V>
V rounded(V x) {
    CHAINFOLD_KEEP_ORDER
    using T = math::scalar_of<V>;
    constexpr T shifter = T(1.5) / std::numeric_limits<T>::epsilon();
    return math::protect(math::protect(x + shifter) - shifter);
}

}  // namespace

TEST_CASE("lanes are chosen by a mask", "[math]") {
    const float4 a{1, 2, 3, 4}, b{4, 3, 2, 1}, c = math::select(a < b, a, b);
    CHECK(c[0] == 1);
    CHECK(c[1] == 2);
    CHECK(c[2] == 2);
    CHECK(c[3] == 1);
}

TEST_CASE("splat fills every lane, sign of zero included", "[math]") {
    const auto v = math::splat<double2>(-0.0);
    CHECK(std::signbit(static_cast<double>(v[0])));
    CHECK(std::signbit(static_cast<double>(v[1])));
}

TEMPLATE_TEST_CASE("one number's functions do not depend on what stands beside it", "[math]", float, double) {
    using lanes = math::detail::lanes_of_one<TestType>;
    using limits = std::numeric_limits<TestType>;
    volatile TestType given = TestType(0.3);
    const TestType x = given;
    const TestType alone[] = {math::exp(x),     math::expm1(x),    math::log1p(x), math::tanh(x),
                              math::sigmoid(x), math::softplus(x), math::erf(x),   math::erfc(x)};
    for (const TestType beside : {TestType(0), limits::denorm_min(), limits::max(), limits::lowest()}) {
        lanes v = math::splat<lanes>(beside);
        v[0] = x;
        asm("" : "+m"(v));
        const TestType y = math::detail::first_lane(v);
        CHECK(math::exp(y) == alone[0]);
        CHECK(math::expm1(y) == alone[1]);
        CHECK(math::log1p(y) == alone[2]);
        CHECK(math::tanh(y) == alone[3]);
        CHECK(math::sigmoid(y) == alone[4]);
        CHECK(math::softplus(y) == alone[5]);
        CHECK(math::erf(y) == alone[6]);
        CHECK(math::erfc(y) == alone[7]);
    }
}

TEST_CASE("any finds one lane among many", "[math]") {
    using wide = math::native_simd<float>;
    for (int i = 0; i < math::lanes_of<wide>; ++i) {
        wide v{};
        CHECK_FALSE(math::any(v > 0));
        v[i] = 1;
        CHECK(math::any(v > 0));
    }
    CHECK(math::any(math::simd<float, 2>{0, 1} > 0));
    CHECK_FALSE(math::any(math::simd<float, 1>{0} > 0));
    CHECK(math::any(true));
}

TEST_CASE("protected sums are not regrouped", "[math]") {
    CHECK(rounded(2.3f) == 2);
    CHECK(rounded(-7.8) == -8);
    CHECK(rounded(7.8L) == 8);
    const auto v = rounded(math::splat<math::native_simd<float>>(2.7f));
    CHECK(static_cast<float>(v[0]) == 3);
}
