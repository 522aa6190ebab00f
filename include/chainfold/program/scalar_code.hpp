// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group of single numbers: straight-line code, in which functions that take long stand side by side.

#include <chainfold/program/group.hpp>
#include <chainfold/program/plan/side_by_side.hpp>

namespace chainfold {

template <class P, std::int32_t Step, class T>
class scalar_code : group_entry<P, Step, T> {
    using facts = group_facts<P, Step>;
    using group = group_entry<P, Step, T>;
    using scalars = typename group::template place<T>;

    static constexpr int members = facts::step.member_count;
    static constexpr int lanes = sizeof(T) <= 8 ? math::native_bytes / static_cast<int>(sizeof(T)) : 1;
    static constexpr bool pairs_up = std::is_same_v<T, double>;  // of which a register of 16 bytes holds two
    static constexpr auto order = scalar_order_finder<members, std::remove_cvref_t<decltype(facts::plan)>>(
                                      facts::graph.view(), facts::plan, facts::step, lanes, pairs_up)
                                      .run();
    using pair = math::simd<T, 2>;
    template <int Item>
    static constexpr scalar_item item = order.items[static_cast<std::size_t>(Item)];
    template <int Item>
    using operation_of = detail::operation<facts::meaning(facts::members[static_cast<std::size_t>(item<Item>.member)].node).operation>;

    template <class Op, class V>
    CHAINFOLD_INLINE static math::two_values<V> pair_of(V x) {
        if constexpr (std::is_same_v<Op, sin_op>)
            return math::sin_and_cos(x);
        else
            return math::erfc_and_gaussian(x);
    }

    // The results of items First, First + 1, … from the lanes of y.
    template <int First, bool Second, class V, int... I>
    CHAINFOLD_INLINE static void take_apart(V y, T* results, std::integer_sequence<int, I...>) {
        ((results[Second ? item<First + I>.partner : item<First + I>.member] =
              I == 0 ? math::detail::first_lane(y) : y[I]),
         ...);
    }
    template <int First, int... Lane, int... I>
    CHAINFOLD_INLINE static void compute_together(const scalars& e, T* results, std::integer_sequence<int, Lane...>,
                                                  std::integer_sequence<int, I...> items) {
        using Op = operation_of<First>;
        constexpr int count = sizeof...(I);
        if constexpr (count == 1 && std::is_same_v<Op, sin_op>) {
            const auto both = math::sin_and_cos(group::template operand<item<First>.member, 0, T>(e));
            results[item<First>.member] = both.first;
            results[item<First>.partner] = both.second;
            return;
        }
        const T x[] = {group::template operand<item<First + I>.member, 0, T>(e)...};
        const math::simd<T, sizeof...(Lane)> v{x[Lane < count ? Lane : 0]...};  // no lane computes with anything else
        if constexpr (item<First>.partner < 0) {
            take_apart<First, false>(Op::value(v), results, items);
        } else {
            const auto both = pair_of<Op>(v);
            take_apart<First, false>(both.first, results, items);
            take_apart<First, true>(both.second, results, items);
        }
    }

    // Operand K of two items that are alike.
    template <int First, int K>
    CHAINFOLD_INLINE static pair operands_alike(const scalars& e) {
        return pair{group::template operand<item<First>.member, K, T>(e),
                    group::template operand<item<First + 1>.member, K, T>(e)};
    }
    template <int First>
    CHAINFOLD_INLINE static void compute_alike(const scalars& e, T* results) {
        CHAINFOLD_CONTRACT
        using Op = operation_of<First>;
        pair y;
        if constexpr (Op::arity == 1)
            y = Op::value(operands_alike<First, 0>(e));
        else
            y = Op::value(operands_alike<First, 0>(e), operands_alike<First, 1>(e));
        results[item<First>.member] = y[0];
        results[item<First + 1>.member] = y[1];
    }

    static constexpr int lanes_for(int count) {
        int n = 16 / static_cast<int>(sizeof(T));
        while (n < count) n *= 2;
        return n;
    }
    // What stands side by side is computed with the first of it.
    static constexpr auto is_first = [] {
        std::array<bool, static_cast<std::size_t>(members)> first{};
        for (std::int32_t i = 0; i < order.count; i += order.items[static_cast<std::size_t>(i)].together)
            first[static_cast<std::size_t>(i)] = true;
        return first;
    }();
    // The branch that begins with an item, −1 if none does; what stands in it is computed with the first of it.
    static constexpr auto branch_at = [] {
        std::array<std::int32_t, static_cast<std::size_t>(members)> branch{};
        for (std::int32_t& b : branch) b = -1;
        for (std::int32_t b = 0; b < order.branch_count; ++b)
            branch[static_cast<std::size_t>(order.branches[static_cast<std::size_t>(b)].first)] = b;
        return branch;
    }();
    static constexpr bool is_inside_branch(int item) {
        for (std::int32_t b = 0; b < order.branch_count; ++b)
            if (const scalar_branch& x = order.branches[static_cast<std::size_t>(b)]; x.first < item && item < x.end())
                return true;
        return false;
    }
    template <int First, int Choice, int Side, int... I, int... C>
    CHAINFOLD_INLINE static void compute_side(const scalars& e, T* results, std::integer_sequence<int, I...>,
                                              std::integer_sequence<int, C...>) {
        const bool computed[] = {
            (results[item<First + I>.member] = group::template compute<item<First + I>.member, false, T>(e), true)...,
            (results[item<Choice + C>.member] = group::template operand<item<Choice + C>.member, Side, T>(e), true)...};
        (void)computed;
    }
    // Does the first operand of a choice hold?  A comparison is asked itself, and not whether its 1 or 0 is 0.
    template <int Choice>
    CHAINFOLD_INLINE static bool holds(const scalars& e) {
        constexpr operand_place condition = facts::members[static_cast<std::size_t>(Choice)].operands[0];
        if constexpr (condition.kind == operand_kind::member) {
            using Op = detail::operation<
                facts::meaning(facts::members[static_cast<std::size_t>(condition.index)].node).operation>;
            if constexpr (std::is_same_v<Op, less_op>)
                return group::template operand<condition.index, 0, T>(e) <
                       group::template operand<condition.index, 1, T>(e);
            else if constexpr (std::is_same_v<Op, less_equal_op>)
                return group::template operand<condition.index, 0, T>(e) <=
                       group::template operand<condition.index, 1, T>(e);
        }
        return group::template operand<Choice, 0, T>(e) != T(0);
    }
    template <int Branch>
    CHAINFOLD_INLINE static bool compute_branch(const scalars& e, T* results) {
        constexpr scalar_branch b = order.branches[static_cast<std::size_t>(Branch)];
        constexpr int second = b.first + b.if_true, choice = second + b.if_false;
        const std::make_integer_sequence<int, b.choices> choices;
        if (holds<item<choice>.member>(e))
            compute_side<b.first, choice, 1>(e, results, std::make_integer_sequence<int, b.if_true>{}, choices);
        else
            compute_side<second, choice, 2>(e, results, std::make_integer_sequence<int, b.if_false>{}, choices);
        return true;
    }

#if defined(__clang__) && defined(__FMA__) && !defined(CHAINFOLD_SAME_BITS)
    static constexpr bool fuses = sizeof(T) <= 8;
#else
    static constexpr bool fuses = false;
#endif
    // a b + c, a b - c or c - a b as one instruction.  (Clang would rather compute such products in pairs, and take
    // them apart by shuffles.)
    template <int Item>
    CHAINFOLD_INLINE static T fused_sum(const scalars& e) {
        constexpr int sum = item<Item>.member, product = item<Item>.product;
        constexpr operand_place from = facts::members[static_cast<std::size_t>(sum)].operands[0];
        constexpr bool is_left = from.kind == operand_kind::member && from.index == product;
        constexpr bool is_difference = std::is_same_v<operation_of<Item>, subtract_op>;
        const T a = group::template operand<product, 0, T>(e), b = group::template operand<product, 1, T>(e),
                c = group::template operand<sum, is_left ? 1 : 0, T>(e);
        if constexpr (sizeof(T) == 4)
            return __builtin_fmaf(is_difference && !is_left ? -a : a, b, is_difference && is_left ? -c : c);
        else
            return __builtin_fma(is_difference && !is_left ? -a : a, b, is_difference && is_left ? -c : c);
    }

    template <int Item>
    CHAINFOLD_INLINE static bool compute_item(const scalars& e, T* results) {
        if constexpr (!is_first[static_cast<std::size_t>(Item)] || is_inside_branch(Item)) {
            return false;
        } else if constexpr (branch_at[static_cast<std::size_t>(Item)] >= 0) {
            return compute_branch<branch_at[static_cast<std::size_t>(Item)]>(e, results);
        } else if constexpr (lanes > 1 && takes_long(operation_code<operation_of<Item>>) &&
                             (item<Item>.together > 1 || item<Item>.partner >= 0)) {
            constexpr int count = item<Item>.together;
            compute_together<Item>(e, results, std::make_integer_sequence<int, lanes_for(count)>{},
                                   std::make_integer_sequence<int, count>{});
        } else if constexpr (item<Item>.together > 1) {
            compute_alike<Item>(e, results);
        } else if constexpr (fuses && item<Item>.product >= 0) {
            results[item<Item>.member] = fused_sum<Item>(e);
        } else {
            results[item<Item>.member] = group::template compute<item<Item>.member, false, T>(e);
        }
        return true;
    }

    // Results leave as soon as they are there: they would wait in registers.
    template <int Item>
    CHAINFOLD_INLINE static bool write_item(T* const* addresses, const T* results) {
        constexpr scalar_item of = item<Item>;
        group::template write<of.member, T>(addresses, 0, results[of.member]);
        if constexpr (of.partner >= 0) group::template write<of.partner, T>(addresses, 0, results[of.partner]);
        return true;
    }
    template <int First, int... I>
    CHAINFOLD_INLINE static bool write_items(T* const* addresses, const T* results, std::integer_sequence<int, I...>) {
        const bool written[] = {write_item<First + I>(addresses, results)...};
        (void)written;
        return true;
    }
    // How many items are computed with this one as the first.
    static constexpr int count_from(int first) {
        if (!is_first[static_cast<std::size_t>(first)] || is_inside_branch(first)) return 0;
        const std::int32_t branch = branch_at[static_cast<std::size_t>(first)];
        if (branch >= 0) return order.branches[static_cast<std::size_t>(branch)].end() - first;
        return order.items[static_cast<std::size_t>(first)].together;
    }
    template <int Item>
    CHAINFOLD_INLINE static bool compute_and_write(const scalars& e, T* results) {
        compute_item<Item>(e, results);
        if constexpr (constexpr int count = count_from(Item); count > 0)
            write_items<Item>(e.addresses, results, std::make_integer_sequence<int, count>{});
        return true;
    }

    template <int... I, int... Item>
    CHAINFOLD_INLINE static void run_all(T* const* addresses, std::integer_sequence<int, I...>,
                                         std::integer_sequence<int, Item...>) {
        typename group::fixed_inputs none{};
        T results[members];
        const T inputs[] = {group::template read<I, T>(addresses, none, 0, 0)..., T{}};
        const scalars e{addresses, none, 0, 0, nullptr, 1, inputs, results};
        const bool computed[] = {compute_and_write<Item>(e, results)...};
        (void)computed;
    }

public:
    CHAINFOLD_INLINE static void run(T* const* addresses) {
        run_all(addresses, group::all_inputs, std::make_integer_sequence<int, order.count>{});
    }
};

}  // namespace chainfold
