// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group's sums of rows, Aᵀ v, where the loop is over the rows of A and v is computed in it.

#include <cstddef>
#include <type_traits>
#include <utility>

#include <chainfold/program/group_facts.hpp>
#include <chainfold/program/kernel/rows_in_loop.hpp>

namespace chainfold {

/// Those of step Step of the plan of P, which is a group, while they are summed up.
template <class P, std::int32_t Step, class T>
class group_rows {
    using facts = group_facts<P, Step>;
    template <int M>
    static constexpr group_member member = facts::members[static_cast<std::size_t>(M)];
    template <int M>
    static constexpr int columns = facts::columns_of(member<M>);

    template <int M, bool Sums = member<M>.is_row_sum>
    struct rows_of_member {};
    template <int M>
    struct rows_of_member<M, true> {
        kernel::sum_of_rows<columns<M>, T> sum;
    };
    template <class Members>
    struct rows_of_members {};
    template <int... M>
    struct rows_of_members<std::integer_sequence<int, M...>> : rows_of_member<M>... {};
    using all_members = std::make_integer_sequence<int, facts::step.member_count>;
    rows_of_members<std::conditional_t<facts::row_sums != 0, all_members, void>> rows_;

    // f(member, its sum) for every member that is a sum of rows.
    template <class F>
    CHAINFOLD_INLINE void for_each(const F& f) {
        if constexpr (facts::row_sums > 0)
            [&]<int... M>(std::integer_sequence<int, M...>) CHAINFOLD_INLINE {
                const auto one = [&]<int N>(std::integral_constant<int, N> m) CHAINFOLD_INLINE {
                    if constexpr (member<N>.is_row_sum) f(m, static_cast<rows_of_member<N>&>(rows_).sum);
                };
                (one(std::integral_constant<int, M>{}), ...);
            }(all_members{});
    }

public:
    /// Adds the rows of A from `at` on, each times its lane of v, which stands among the group's totals.
    template <class V>
    CHAINFOLD_INLINE void add([[maybe_unused]] T* const* addresses, [[maybe_unused]] std::ptrdiff_t at,
                              [[maybe_unused]] const V* totals) {
        for_each([&]<int M>(std::integral_constant<int, M>, auto& sum) CHAINFOLD_INLINE {
            const T* const a = addresses[facts::results + member<M>.operands[0].index];
            sum.add(a + at * columns<M>, totals[member<M>.sum]);
        });
    }
    CHAINFOLD_INLINE void write([[maybe_unused]] T* const* addresses) {
        for_each([&]<int M>(std::integral_constant<int, M>, auto& sum)
                     CHAINFOLD_INLINE { sum.write(addresses[member<M>.address]); });
    }
};

}  // namespace chainfold
