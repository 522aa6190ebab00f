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
// The largest group of a program for one sample.
template <class E>
struct group_of {
    using plan = plan_of<E>;
    static constexpr cf::graph_view graph = plan::graph().view();
    static constexpr cf::planned_step step = [] {
        cf::planned_step largest{};
        for (const cf::planned_step& each : plan::value.steps)
            if (each.member_count > largest.member_count) largest = each;
        return largest;
    }();
    static constexpr int members = step.member_count;
    static constexpr auto order =
        cf::scalar_order_finder<members, typename plan::plan_type>(graph, plan::value, step, 8, true).run();

    static constexpr int node(std::int32_t member) {
        return plan::value.members[static_cast<std::size_t>(step.first_member + member)];
    }
    // Does each member stand there once, behind all that it needs?
    static constexpr bool is_in_order() {
        std::array<bool, static_cast<std::size_t>(graph.node_count)> is_member{}, is_done{};
        for (std::int32_t m = 0; m < members; ++m) is_member[static_cast<std::size_t>(node(m))] = true;
        int done = 0;
        for (int i = 0; i < order.count;) {
            const int end = i + order.items[static_cast<std::size_t>(i)].together;
            for (const bool marks : {false, true})
                for (int k = i; k < end; ++k)
                    for (const std::int32_t m : {order.items[static_cast<std::size_t>(k)].member,
                                                 order.items[static_cast<std::size_t>(k)].partner}) {
                        if (m < 0) continue;
                        if (marks) {
                            if (is_done[static_cast<std::size_t>(node(m))]) return false;
                            is_done[static_cast<std::size_t>(node(m))] = true;
                            ++done;
                            continue;
                        }
                        for (int o = 0; o < graph[node(m)].count; ++o) {
                            const auto operand = static_cast<std::size_t>(graph.operand(node(m), o));
                            if (is_member[operand] && !is_done[operand]) return false;
                        }
                    }
            i = end;
        }
        return done == members;
    }
    static constexpr int pairs() {
        int count = 0;
        for (const cf::scalar_item& item : order.items)
            count += item.together == 2 && !cf::takes_long(graph[node(item.member)].operation);
        return count;
    }
};
// How many pairs there are, −1 if what is needed comes too late.
constexpr int pairs(auto e) {
    using group = group_of<decltype(e)>;
    return group::is_in_order() ? group::pairs() : -1;
}

static_assert(pairs(second(chained<10>(x10), x10)) == 21, "five operations for nine of ten entries, and one number");
static_assert(pairs(second(chained<13>(x13), x13)) > 21);

// Numbers among zeros.
constexpr auto apart(auto... e) { return stack(stack(0_c, e, 0_c)...); }
static_assert(pairs(apart(element<0>(z) * s, element<1>(z) * s, element<2>(z) * s, element<3>(z) * s)) == 2);
static_assert(pairs(stack(element<0>(z) * s, element<1>(z) * s, element<2>(z) * s, element<3>(z) * s)) == 0,
              "side by side");
static_assert(pairs(apart(element<0>(z) * s, element<2>(z) * s, element<4>(z) * s, element<6>(z) * s)) == 0,
              "not one after another");
static_assert(pairs(apart(element<0>(z) * s, element<1>(z) * s, element<2>(z) * s)) == 0, "few");
static_assert(pairs(square(element<0>(z)) + square(element<1>(z)) * square(element<2>(z)) + square(element<3>(z))) == 0,
              "taken apart at once");

// Each sum waits for the one before it.
constexpr auto added_up = [] {
    constexpr auto a = element<0>(z) + s;
    constexpr auto b = element<1>(z) + a;
    constexpr auto c = element<2>(z) + b;
    constexpr auto d = element<3>(z) + c;
    return apart(a, b, c, d, element<4>(z) + d, element<5>(z) * d);
}();
static_assert(pairs(added_up) == 0);

// Numbers that are used once more, apart, by functions that take long, and in one case only; the same operand twice,
// and operands the other way round.
template <int I>
constexpr auto term = s * (square(element<I>(z)) + 2_c) - element<I + 1>(z);
template <int I>
constexpr auto other = (element<I>(z) - s) * element<I>(z) * element<I>(z);
constexpr auto terms_and_more = apart(term<0>, term<1>, term<2>, term<3>, term<4>, term<5>, term<6>, term<7>,
                                      exp(term<3>) - element<4>(z), select(s > 0_c, term<1> / term<2>, term<5>));
constexpr auto terms_of_exp =
    apart(exp(s) * term<0>, exp(s) * term<1>, exp(s) * term<2>, exp(s) * term<3>, exp(s) * term<4>, s - other<5>,
          s - other<4>, other<3> - s, s - other<2>, s - other<1>, s - other<0>, exp(exp(s) * term<5>) * other<6>);
static_assert(pairs(terms_and_more) == 16);
static_assert(pairs(terms_of_exp) > 8);
}  // namespace

TEST_CASE("second derivatives of a sum over neighbours") {
    CHECK(worst<double>(second(chained<4>(x4), x4), shared(x4), sampled()) < 20);
    CHECK(worst<double>(second(chained<7>(x7), x7), shared(x7), sampled()) < 20);
    CHECK(worst<double>(second(chained<10>(x10), x10), shared(x10), sampled()) < 20);
    CHECK(worst<float>(second(chained<7>(x7), x7), shared(x7), sampled()) < 20);
}

TEST_CASE("entries that follow one another, and others") {
    CHECK(worst<double>(added_up, shared(z, s), sampled()) < 20);
    CHECK(worst<double>(terms_and_more, shared(z, s), sampled()) < 20);
    CHECK(worst<double>(terms_of_exp, shared(z, s), sampled()) < 60);
}

TEST_CASE("results written over what they are computed from, in pairs") {
    constexpr auto next = apart(element<3>(z) * s, element<4>(z) * s, element<5>(z) * s, element<6>(z) * s);
    static_assert(pairs(next) == 2);
    auto program = cf::compile<double>(next);
    std::array<double, 9> numbers{};
    for (std::size_t i = 0; i < 9; ++i) numbers[i] = static_cast<double>(i);
    const auto once = program(z = numbers, s = 2.0);  // 0 6 0, 0 8 0, 0 10 0, 0 12 0
    CHECK(once(1, 1) == 8);
    const auto twice =
        program(z = std::span<const double, 9>(once.data() + 3, 9), s = 3.0);  // of 0 8 0, 0 10 0, 0 12 0
    CHECK(twice(0, 1) == 0);
    CHECK(twice(1, 1) == 30);
    CHECK(twice(2, 1) == 0);
    CHECK(twice(3, 1) == 0);
    CHECK(twice(3, 2) == 0);
}
