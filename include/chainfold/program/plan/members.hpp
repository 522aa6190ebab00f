// SPDX-License-Identifier: BSL-1.0
#pragma once

// The members of a group before they are code: where each one's operands come from, where its result goes, and which
// are products with a factor.  One code for all groups of a plan: what a group's own type would instantiate, every
// group would pay for.

#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/plan/twins.hpp>

namespace chainfold {

struct group_member {
    int node = -1;
    operand_place operands[3]{};
    std::int32_t address = 0;     // of its result, among the step's addresses; behind a mean's stand its sums
    std::int32_t sum = 0;         // its position among the group's totals: sums first, then factors of rows
    bool is_sum = false;          // over the loop's entries
    bool is_mean = false;         // over the samples
    bool is_written = false;      // entry by entry
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

/// How many of `count` members are so.
constexpr int count_members(const group_member* members, int count, bool group_member::* is) {
    int found = 0;
    for (int i = 0; i < count; ++i) found += members[i].*is;
    return found;
}

/// Reads a plan where a group is described.
template <class Plan>
class group_reading {
public:
    constexpr group_reading(const graph_view& graph, const Plan& plan, const planned_step& step)
        : graph_(graph), plan_(plan), step_(step) {}

    [[nodiscard]] constexpr int size() const { return nodes().loop_size(step_.node); }
    [[nodiscard]] constexpr int node_of_input(int i) const {
        return plan_.inputs[static_cast<std::size_t>(step_.first_input + i)];
    }
    /// Is the input one number for the whole loop?
    [[nodiscard]] constexpr bool is_fixed(int i) const {
        const int id = node_of_input(i);
        return size() > 1 && graph_[id].dims.size() == 1 && !(step_.when == phase::tile && fate(id).batched);
    }
    /// Numbers in a row of A, of which a member that reads rows is a product.
    [[nodiscard]] constexpr int columns_of(const group_member& m) const {
        return graph_[nodes().read_by_member(m.node, 0)].dims.columns;
    }
    /// Bytes of the loop's registers: as many as those have in which it reads rows of numbers of this size.
    [[nodiscard]] constexpr int register_bytes(const group_member* members, std::size_t number) const {
        int least = math::native_bytes;
        for (const group_member* m = members; m != members + step_.member_count; ++m)
            if (m->reads_rows())
                if (const int bytes = kernel::bytes_for_row(number * static_cast<std::size_t>(columns_of(*m)));
                    bytes < least)
                    least = bytes;
        return least;
    }
    /// Does no member take an entry of the input?
    [[nodiscard]] constexpr bool has_no_entry(const group_member* members, int i) const {
        for (const group_member* m = members; m != members + step_.member_count; ++m)
            for (int k = 0; k < graph_[m->node].count && k < 3; ++k)
                if (m->operands[k].kind == operand_kind::input && m->operands[k].index == i &&
                    !(m->is_row_product || (m->is_row_sum && k == 0)))
                    return false;
        return true;
    }
    /// All members, in order.
    constexpr void find(group_member* members) const {
        std::int32_t address = 0, sum = 0;
        for (std::int32_t i = 0; i < step_.member_count; ++i) {
            group_member& m = members[i];
            m.node = plan_.members[static_cast<std::size_t>(step_.first_member + i)];
            const node& n = graph_[m.node];
            for (int k = 0; k < n.count && k < 3; ++k)
                m.operands[k] = place_of(graph_, plan_, step_, nodes().read_by_member(m.node, k));
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
            find_factor(m, members, n.operation);
        }
        for (group_member* m = members; m != members + step_.member_count; ++m)
            if (m->is_row_sum) m->sum = sum++;
    }

private:
    [[nodiscard]] constexpr reading<const Plan> nodes() const { return {graph_, plan_}; }
    [[nodiscard]] constexpr const planned_node& fate(int id) const { return plan_.nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] constexpr bool is_number(const operand_place& from) const {
        return from.kind == operand_kind::immediate || (from.kind == operand_kind::input && is_fixed(from.index));
    }
    constexpr void find_factor(group_member& m, const group_member* before, std::int32_t operation) const {
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
        if (scaled.kind == operand_kind::member && before[scaled.index].scaled_operand >= 0) {
            m.scaled_member = scaled.index;
            m.has_input_factor = m.has_input_factor || before[scaled.index].has_input_factor;
        }
        m.is_scaled = m.divides || (m.scaled_member >= 0 && m.has_input_factor);
    }

    graph_view graph_;
    const Plan& plan_;
    const planned_step& step_;
};

}  // namespace chainfold
