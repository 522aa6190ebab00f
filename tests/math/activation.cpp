// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/activation.hpp>

#include "../support/catch.hpp"
#include "accuracy.hpp"

namespace math = chainfold::math;

namespace {

template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();
template <class T>
constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();

template <class T>
constexpr bool saturates() {
    if (!accuracy::all_numbers) return true;
    const T far[] = {T(1000), T(20000), infinity<T>};
    for (const T x : far) {
        if (math::tanh(x) != 1 || math::tanh(-x) != -1) return false;
        if (math::sigmoid(x) != 1) return false;
        if (x > 15000 && (math::sigmoid(-x) != 0 || math::softplus(-x) != 0)) return false;
        if (math::softplus(x) != x) return false;
    }
    return math::tanh(T(0)) == 0 && math::sigmoid(T(0)) == T(0.5) &&
           math::tanh(not_a_number<T>) != math::tanh(not_a_number<T>) &&
           math::sigmoid(not_a_number<T>) != math::sigmoid(not_a_number<T>) &&
           math::softplus(not_a_number<T>) != math::softplus(not_a_number<T>);
}
static_assert(saturates<float>());
static_assert(saturates<double>());
static_assert(saturates<long double>());
static_assert(math::sigmoid(-1000.0) == 0 && math::softplus(-1000.0) == 0 && math::sigmoid(-1000.0f) == 0);
static_assert(math::sigmoid(-745.0) == 5e-324 && math::softplus(-745.0) == 5e-324, "underflow is gradual");
static_assert(math::sigmoid(-103.0f) > 0 && math::softplus(-103.0f) > 0);
static_assert(math::tanh(1e-10) == 1e-10 && math::tanh(-1e-10f) == -1e-10f);
static_assert(math::tanh(0.5L) > 0.462117157260009758L && math::tanh(0.5L) < 0.462117157260009759L);
static_assert(math::softplus(0.0) == 0.6931471805599453);

const auto tanh_of = [](auto x) { return math::tanh(x); };
const auto sigmoid_of = [](auto x) { return math::sigmoid(x); };
const auto softplus_of = [](auto x) { return math::softplus(x); };

}  // namespace

TEMPLATE_TEST_CASE("tanh is within two places", "[math]", float, double) {
    CHECK(accuracy::worst(accuracy::even<TestType>(-25, 25, 20000), tanh_of, accuracy::true_tanh) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(-1, 1, 20000), tanh_of, accuracy::true_tanh) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(0.17, 0.3, 20000), tanh_of, accuracy::true_tanh) <= 2);
    CHECK(accuracy::worst(accuracy::spread<TestType>(-120, 4), tanh_of, accuracy::true_tanh) <= 2);
}

TEMPLATE_TEST_CASE("sigmoid is within two places", "[math]", float, double) {
    const double low = sizeof(TestType) == 4 ? -104 : -746;
    CHECK(accuracy::worst(accuracy::even<TestType>(low, 50, 20000), sigmoid_of, accuracy::true_sigmoid) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(-5, 5, 20000), sigmoid_of, accuracy::true_sigmoid) <= 2);
    CHECK(accuracy::worst(accuracy::spread<TestType>(-120, 4), sigmoid_of, accuracy::true_sigmoid) <= 2);
}

TEMPLATE_TEST_CASE("softplus is within two places", "[math]", float, double) {
    const double low = sizeof(TestType) == 4 ? -104 : -746;
    CHECK(accuracy::worst(accuracy::even<TestType>(low, 50, 20000), softplus_of, accuracy::true_softplus) <= 2);
    CHECK(accuracy::worst(accuracy::even<TestType>(-5, 5, 20000), softplus_of, accuracy::true_softplus) <= 2);
    CHECK(accuracy::worst(accuracy::spread<TestType>(-120, 4), softplus_of, accuracy::true_softplus) <= 2);
}

TEMPLATE_TEST_CASE("activations of vectors are those of scalars", "[math]", float, double) {
    std::vector<TestType> xs = accuracy::spread<TestType>(-140, 12);
    if (accuracy::all_numbers)
        xs[0] = infinity<TestType>, xs[1] = -infinity<TestType>, xs[2] = not_a_number<TestType>, xs[3] = TestType(-0.0);
    for (const auto& x : {xs, accuracy::even<TestType>(-30, 30)}) {
        CHECK(accuracy::differences(x, tanh_of) == 0);
        CHECK(accuracy::differences(x, sigmoid_of) == 0);
        CHECK(accuracy::differences(x, softplus_of) == 0);
    }
}

TEST_CASE("activations saturate, at run time", "[math]") {
    CHECK(saturates<float>());
    CHECK(saturates<double>());
    CHECK(saturates<long double>());
    if (accuracy::all_numbers) CHECK(std::signbit(math::tanh(-0.0)));
}

TEST_CASE("activations of long double", "[math]") {
    const auto xs = accuracy::even<long double>(-30, 30);
    CHECK(accuracy::worst(xs, tanh_of, accuracy::true_tanh) <= 4);
    CHECK(accuracy::worst(xs, sigmoid_of, accuracy::true_sigmoid) <= 5);
    CHECK(accuracy::worst(xs, softplus_of, accuracy::true_softplus) <= 4);
}
