// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is known of a group, as constants that its code reads.

#include <chainfold/program/plan/make_plan.hpp>
#include <chainfold/program/plan/members.hpp>

namespace chainfold {

/// The facts of step Step of the plan of P.
template <class P, std::int32_t Step>
struct group_facts {
    static constexpr const auto& plan = P::value;
    static constexpr const auto& graph = P::graph();
    static constexpr const planned_step& step = plan.steps[static_cast<std::size_t>(Step)];
    static constexpr group_reading<std::remove_cvref_t<decltype(plan)>> reader{graph.view(), plan, step};
    static constexpr int size = reader.size();
    static constexpr bool in_tile = step.when == phase::tile;
    static constexpr int tile = in_tile ? plan.tile : 1;

    static constexpr int node_of_input(int i) { return reader.node_of_input(i); }
    static constexpr const node& meaning(int id) { return graph.nodes[static_cast<std::size_t>(id)]; }
    static constexpr const planned_node& fate(int id) { return plan.nodes[static_cast<std::size_t>(id)]; }

    static constexpr int results = step.address_count - step.input_count;  // addresses before the inputs'
    static constexpr bool is_wide = size > 1 && step.input_count + results > 24;

    struct member_list {
        group_member of[static_cast<std::size_t>(step.member_count)];
        constexpr member_list() { reader.find(of); }
        constexpr const group_member& operator[](std::size_t i) const { return of[i]; }
    };
    static constexpr member_list members{};
    static constexpr int count_of(bool group_member::* is) { return count_members(members.of, step.member_count, is); }
    static constexpr bool any_of(bool group_member::* is) { return count_of(is) > 0; }
    static constexpr int sums = count_of(&group_member::is_sum) + count_of(&group_member::is_mean);
    static constexpr int row_sums = count_of(&group_member::is_row_sum);
    static constexpr bool reads_rows = row_sums > 0 || any_of(&group_member::is_row_product);

    /// Inputs that are one number for the whole loop.
    static constexpr bool is_fixed(int i) { return reader.is_fixed(i); }
    /// Inputs of which no member takes an entry.
    static constexpr bool has_no_entry(int i) { return reads_rows && reader.has_no_entry(members.of, i); }
    /// Numbers in a row of A, of which member m, which reads rows, is a product.
    static constexpr int columns_of(const group_member& m) { return reader.columns_of(m); }
    /// Bytes of the loop's registers.
    template <class T>
    static constexpr int register_bytes = reader.register_bytes(members.of, sizeof(T));
    /// Is it straight-line code for single numbers?
    static constexpr bool is_of_numbers = size == 1 && !in_tile && sums == 0;

    /// By position among the sums: is it one over the entries?
    struct sum_list {
        bool of[static_cast<std::size_t>(sums) + 1]{};
        constexpr sum_list() {
            for (const group_member& m : members.of)
                if (m.is_sum) of[m.sum] = true;
        }
        constexpr bool operator[](std::size_t i) const { return of[i]; }
    };
    static constexpr sum_list is_over_entries{};
};

}  // namespace chainfold
