// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is known of a group before it is code: where each member's operands come from, where its result goes, and which
// members are products with a factor.

#include <chainfold/program/plan/make_plan.hpp>

namespace chainfold {

struct group_member {
    int node = -1;
    operand_place operands[3]{};
    std::int32_t address = 0;  // of its result, among the step's addresses; behind a mean's stand its sums
    std::int32_t sum = 0;      // its position among the group's totals: sums first, then factors of rows
    bool is_sum = false;       // over the loop's entries
    bool is_mean = false;      // over the samples
    bool is_written = false;   // entry by entry
    bool is_row_product = false;  // A x, an entry of which is a row of A times x
    bool is_row_sum = false;      // Aᵀ v: the sum of the rows of A, each times its entry of v
    [[nodiscard]] constexpr bool reads_rows() const { return is_row_product || is_row_sum; }
    // −x, x c, c x and x / c, for a number c that is the same for the whole loop, are x times a factor, and so is what
    // is made of them one after another: −(x / c) / c is one product.
    int scaled_operand = -1;  // x
    int scaled_member = -1;   // which is such a product itself
    bool divides = false;
    bool has_input_factor = false;
    bool is_scaled = false;  // is computed as one product with a factor
};

/// The facts of step Step of the plan of P.
template <class P, std::int32_t Step>
struct group_facts {
    static constexpr const auto& plan = P::value;
    static constexpr const auto& graph = P::graph();
    static constexpr const planned_step& step = plan.steps[static_cast<std::size_t>(Step)];
    using reader = reading<const std::remove_cvref_t<decltype(plan)>>;
    static constexpr int size = reader(graph.view(), plan).loop_size(step.node);
    static constexpr bool in_tile = step.when == phase::tile;
    static constexpr int tile = in_tile ? plan.tile : 1;

    static constexpr int node_of_input(int i) { return plan.inputs[static_cast<std::size_t>(step.first_input + i)]; }
    static constexpr const node& meaning(int id) { return graph.nodes[static_cast<std::size_t>(id)]; }
    static constexpr const planned_node& fate(int id) { return plan.nodes[static_cast<std::size_t>(id)]; }

    static constexpr int results = step.address_count - step.input_count;  // addresses before the inputs'
    static constexpr bool is_wide = size > 1 && step.input_count + results > 24;

    /// Inputs that are one number for the whole loop.
    static constexpr bool is_fixed(int i) {
        const int id = node_of_input(i);
        return size > 1 && meaning(id).dims.size() == 1 && !(in_tile && fate(id).batched);
    }
    static constexpr bool is_number(const operand_place& from) {
        return from.kind == operand_kind::immediate || (from.kind == operand_kind::input && is_fixed(from.index));
    }

    using member_list = std::array<group_member, static_cast<std::size_t>(step.member_count)>;
    static constexpr void find_factor(group_member& m, const member_list& before, std::int32_t operation) {
        const bool first = is_number(m.operands[0]), second = is_number(m.operands[1]);
        const bool by_input = m.operands[1].kind == operand_kind::input;
        if (operation == operation_code<negate_op>)
            m.scaled_operand = 0;
        else if (operation == operation_code<divide_op>)
            m.scaled_operand = by_input && second && !first ? 0 : -1;
        else if (operation == operation_code<multiply_op>)
            m.scaled_operand = first == second ? -1 : second ? 0 : 1;
        if (m.scaled_operand < 0) return;
        m.divides = operation == operation_code<divide_op>;
        m.has_input_factor =
            operation != operation_code<negate_op> && m.operands[1 - m.scaled_operand].kind == operand_kind::input;
        const operand_place& scaled = m.operands[m.scaled_operand];
        if (scaled.kind == operand_kind::member && before[static_cast<std::size_t>(scaled.index)].scaled_operand >= 0) {
            m.scaled_member = scaled.index;
            m.has_input_factor = m.has_input_factor || before[static_cast<std::size_t>(scaled.index)].has_input_factor;
        }
        m.is_scaled = m.divides || (m.scaled_member >= 0 && m.has_input_factor);
    }
    static constexpr member_list members = [] {
        member_list list{};
        std::int32_t address = 0, sum = 0;
        for (std::size_t i = 0; i < list.size(); ++i) {
            group_member& m = list[i];
            m.node = plan.members[static_cast<std::size_t>(step.first_member) + i];
            const node& n = meaning(m.node);
            for (int k = 0; k < n.count && k < 3; ++k)
                m.operands[k] =
                    place_of(graph.view(), plan, step, reader(graph.view(), plan).read_by_member(m.node, k));
            const bool is_product = n.operation == operation_code<product_op>;
            m.is_row_product = is_product && fate(m.node).is == role::fused;
            m.is_row_sum = is_product && !m.is_row_product;
            m.is_sum = fate(m.node).is == role::reduced && !is_product;
            m.is_mean = fate(m.node).is == role::accumulated;
            m.is_written = fate(m.node).stored && !m.is_sum && !m.is_mean && !m.is_row_sum;
            m.address = address;
            m.sum = sum;
            address += fate(m.node).stored + m.is_mean;
            sum += m.is_sum || m.is_mean;
            find_factor(m, list, n.operation);
        }
        for (group_member& m : list)
            if (m.is_row_sum) m.sum = sum++;
        return list;
    }();
    static constexpr int sums = [] {
        int count = 0;
        for (const group_member& m : members) count += m.is_sum || m.is_mean;
        return count;
    }();
    static constexpr int row_sums = [] {
        int count = 0;
        for (const group_member& m : members) count += m.is_row_sum;
        return count;
    }();
    static constexpr bool any_of(bool group_member::* is) {
        for (const group_member& m : members)
            if (m.*is) return true;
        return false;
    }
    /// Numbers in a row of A, of which member m, which reads rows, is a product.
    static constexpr int columns_of(const group_member& m) {
        return meaning(reader(graph.view(), plan).read_by_member(m.node, 0)).dims.columns;
    }
    static constexpr bool reads_rows = [] {
        for (const group_member& m : members)
            if (m.reads_rows()) return true;
        return false;
    }();
    /// Bytes of the loop's registers: as many as those have in which it reads rows.
    template <class T>
    static constexpr int register_bytes = [] {
        int least = math::native_bytes;
        for (const group_member& m : members)
            if (m.reads_rows())
                if (const int bytes = kernel::bytes_for_row(sizeof(T) * static_cast<std::size_t>(columns_of(m)));
                    bytes < least)
                    least = bytes;
        return least;
    }();
    /// Inputs of which no member takes an entry.
    static constexpr bool has_no_entry(int i) {
        if (!reads_rows) return false;
        for (const group_member& m : members)
            for (int k = 0; k < meaning(m.node).count && k < 3; ++k)
                if (m.operands[k].kind == operand_kind::input && m.operands[k].index == i &&
                    !(m.is_row_product || (m.is_row_sum && k == 0)))
                    return false;
        return true;
    }
    /// Is it straight-line code for single numbers?
    static constexpr bool is_of_numbers = size == 1 && !in_tile && sums == 0;
    /// By position among the sums: is it one over the entries?
    static constexpr auto is_over_entries = [] {
        std::array<bool, static_cast<std::size_t>(sums) + 1> is{};
        for (const group_member& m : members)
            if (m.is_sum) is[static_cast<std::size_t>(m.sum)] = true;
        return is;
    }();
};

}  // namespace chainfold
