// SPDX-License-Identifier: BSL-1.0
#include <chainfold/math/number_fold.hpp>

#include "../support/catch.hpp"

namespace math = chainfold::math;
using math::number;

namespace {

template <number N>
struct tag {};  // a structural type

constexpr number one{1, 1, 0}, two{2, 1, 0}, three{3, 1, 0}, tenth{1, 1, -1}, third{1, 3, 0}, huge{1, 1, 300};

constexpr bool is(math::folded f, number n) { return f.exact && f.value == n; }

static_assert(std::is_same_v<tag<number{1, 3, 0}>, tag<math::divide(two, number{6, 1, 0}).value>>);
static_assert(math::from_integer(0) == number{} && math::from_integer(-1200) == number{-12, 1, 2});
static_assert(is(math::add(tenth, number{2, 1, -1}), number{3, 1, -1}));
static_assert(is(math::add(third, number{1, 6, 0}), number{5, 1, -1}), "1/3 + 1/6 = 0.5");
static_assert(is(math::subtract(one, one), number{}) && is(math::subtract(tenth, one), number{-9, 1, -1}));
static_assert(is(math::add(number{-3, 1, 0}, two), number{-1, 1, 0}) && is(math::add(huge, number{}), huge));
static_assert(is(math::multiply(third, three), one) &&
              is(math::multiply(number{-2, 1, 0}, number{5, 1, 0}), {-1, 1, 1}));
static_assert(is(math::divide(one, number{8, 1, 0}), number{125, 1, -3}));
static_assert(is(math::divide(one, number{6, 1, 0}), number{5, 3, -1}), "denominators are coprime with ten");
static_assert(is(math::power(two, -3), number{125, 1, -3}) && is(math::power(two, 0), one));
static_assert(is(math::power(tenth, 300), number{1, 1, -300}) && is(math::power(number{}, 2), number{}));

static_assert(!math::divide(one, number{}).exact && !math::power(number{}, -1).exact);
static_assert(!math::add(huge, one).exact && is(math::power(two, 62), number{4611686018427387904, 1, 0}));
static_assert(!math::power(two, 63).exact && !math::power(two, -70).exact);
static_assert(!math::multiply(number{9223372036854775807, 1, 0}, three).exact);
static_assert(is(math::multiply_rounded(number{-2, 1, 0}, number{5, 1, 0}), {-1, 1, 1}) &&
              is(math::multiply_rounded(number{333333333333333333, 1, -18}, number{-333333333333333333, 1, -18}),
                 {-111111111111111111, 1, -18}));

static_assert(math::is_zero(number{}) && math::is_one(one) && !math::is_one(two) && math::is_integer(huge));
static_assert(!math::is_integer(tenth) && !math::is_integer(third) && math::is_fraction(third));
static_assert(math::sign(number{-1, 1, 0}) == -1 && math::sign(number{}) == 0 && math::sign(tenth) == 1);
static_assert(math::compare(one, two) < 0 && math::compare(huge, two) > 0 &&
              math::compare(third, third) == 0);
static_assert(math::compare(third, number{333333333333333333, 1, -18}) > 0);
static_assert(math::compare(number{-2, 1, 0}, number{-3, 1, 0}) > 0 &&
              math::compare(number{-1, 1, 0}, tenth) < 0);
static_assert(math::compare(number{1, 1, 1}, number{99, 1, -1}) > 0);

}  // namespace

TEST_CASE("folds of small fractions agree with integers", "[math]") {
    int wrong = 0;
    for (int a = -20; a <= 20; ++a) {
        for (int b = 1; b <= 12; ++b) {
            for (int c = -20; c <= 20; ++c) {
                const number x = math::divide(math::from_integer(a), math::from_integer(b)).value;
                const number y = math::from_integer(c);
                const auto over = [&](int n) {
                    return math::divide(math::from_integer(n), math::from_integer(b));
                };
                wrong += !is(math::add(x, y), over(a + c * b).value);
                wrong += !is(math::subtract(x, y), over(a - c * b).value);
                wrong += !is(math::multiply(x, y), over(a * c).value);
                wrong += math::compare(x, y) != (a <=> c * b);
                if (c != 0) wrong += !is(math::multiply(math::divide(x, y).value, y), x);
            }
        }
    }
    CHECK(wrong == 0);
}
