// Single numbers that are computed alike from entries that follow one another: two by two.
#include "program/agreement.hpp"

#include <chainfold/expression/function.hpp>
#include <chainfold/expression/literal.hpp>

#include "support/catch.hpp"

using namespace agreement;
using namespace chainfold::literals;

namespace {
// Behind each other by one: each term has a neighbour.
template <int N>
constexpr auto chained(auto x) {
    constexpr auto left = cf::slice<0, N - 1>(x);
    constexpr auto right = cf::slice<1, N - 1>(x);
    return sum(100_c * square(right - square(left)) + square(1_c - left));
}
constexpr auto second(auto y, auto x) { return derivative(derivative(y, x), x); }

constexpr auto x4 = cf::input<"x", 4>;
constexpr auto x7 = cf::input<"x", 7>;
constexpr auto x10 = cf::input<"x", 10>;
constexpr auto x13 = cf::input<"x", 13>;
constexpr auto z = cf::input<"z", 9>;
constexpr auto s = cf::input<"s">;

template <class E>
using plan_of = cf::planned<cf::expression_request<E>, double, cf::calling::one_sample>;
// How many pairs there are in the largest group of a program for one sample.
template <class E>
constexpr int pairs_in() {
    using plan = plan_of<E>;
    constexpr cf::planned_step step = [] {
        cf::planned_step largest{};
        for (const cf::planned_step& each : plan::value.steps)
            if (each.member_count > largest.member_count) largest = each;
        return largest;
    }();
    constexpr auto order = cf::scalar_order_finder<step.member_count, typename plan::plan_type>(
                               plan::graph().view(), plan::value, step, 8, true)
                               .run();
    int count = 0, listed = 0;
    for (const cf::scalar_item& item : order.items) {
        if (item.member < 0) continue;
        ++listed;
        count +=
            item.together == 2 &&
            !cf::takes_long(plan::graph()
                                .view()[plan::value.members[static_cast<std::size_t>(step.first_member + item.member)]]
                                .operation);
    }
    return listed == order.count ? count : -2;
}
constexpr int pairs(auto e) { return pairs_in<decltype(e)>(); }

static_assert(pairs(second(chained<10>(x10), x10)) == 21, "five operations for nine of ten entries, and one number");
static_assert(pairs(second(chained<13>(x13), x13)) > 21);
static_assert(pairs(stack(s * element<0>(z), s* element<1>(z), s* element<2>(z), s* element<3>(z))) == 2);
static_assert(pairs(stack(s * element<0>(z), s* element<2>(z), s* element<4>(z), s* element<6>(z))) == 0,
              "not one after another");
static_assert(pairs(stack(s * element<0>(z), s* element<1>(z), s* element<2>(z))) == 0, "few");
static_assert(pairs(square(element<0>(z)) + square(element<1>(z)) * square(element<2>(z)) + square(element<3>(z))) == 0,
              "taken apart at once");

// Each sum waits for the one before it.
constexpr auto added_up = [] {
    constexpr auto a = element<0>(z) + s;
    constexpr auto b = element<1>(z) + a;
    constexpr auto c = element<2>(z) + b;
    constexpr auto d = element<3>(z) + c;
    return stack(a, b, c, d, element<4>(z) + d, element<5>(z) * d);
}();
static_assert(pairs(added_up) == 0);

// Numbers that are used once more, apart, by functions that take long, and in one case only.
template <int I>
constexpr auto term = s * (square(element<I>(z)) + 2_c) - element<I + 1>(z);
constexpr auto terms_and_more = stack(term<0>, term<1>, term<2>, term<3>, term<4>, term<5>, term<6>, term<7>,
                                      exp(term<3>) - element<4>(z), select(s > 0_c, term<1> / term<2>, term<5>));
static_assert(pairs(terms_and_more) == 16);
}  // namespace

TEST_CASE("second derivatives of a sum over neighbours") {
    CHECK(worst<double>(second(chained<4>(x4), x4), shared(x4), sampled()) < 20);
    CHECK(worst<double>(second(chained<7>(x7), x7), shared(x7), sampled()) < 20);
    CHECK(worst<double>(second(chained<10>(x10), x10), shared(x10), sampled()) < 20);
    CHECK(worst<double>(second(chained<13>(x13), x13), shared(x13), sampled()) < 20);
    CHECK(worst<float>(second(chained<13>(x13), x13), shared(x13), sampled()) < 20);
    CHECK(worst<double>(cf::value_and_gradient(element<3, 4>(second(chained<7>(x7), x7)) * s, x7, s), shared(x7, s),
                        sampled()) < 20);
    CHECK(worst<double>(second(chained<10>(x10), x10), shared(), sampled(x10)) < 20);
}

TEST_CASE("entries that follow one another, and others") {
    constexpr auto twos = stack(s * element<0>(z), s * element<1>(z), s * element<2>(z), s * element<3>(z));
    CHECK(worst<double>(twos, shared(z, s), sampled()) < 20);
    CHECK(worst<double>(added_up, shared(z, s), sampled()) < 20);
    CHECK(worst<double>(terms_and_more, shared(z, s), sampled()) < 20);
    CHECK(worst<double>(cf::value_and_gradient(sum(terms_and_more), z, s), shared(z, s), sampled()) < 60);
}

TEST_CASE("results written over what they are computed from, in pairs") {
    constexpr auto next = stack(s * element<1>(z), s * element<2>(z), s * element<3>(z), s * element<4>(z),
                                s * element<5>(z), s * element<6>(z), s * element<7>(z), s * element<8>(z), s);
    auto program = cf::compile<double>(next);
    std::array<double, 9> numbers{};
    for (std::size_t i = 0; i < 9; ++i) numbers[i] = static_cast<double>(i);
    const auto once = program(z = numbers, s = 2.0);
    CHECK(once(0) == 2);
    CHECK(once(7) == 16);
    const auto twice = program(z = once, s = 3.0);
    for (const int i : {0, 1, 2, 3, 4, 5, 6}) CHECK(twice(i) == 6 * (i + 2));
    CHECK(twice(7) == 6);
    CHECK(twice(8) == 3);
}
