// SPDX-License-Identifier: BSL-1.0
#pragma once

// Steps that run the same code on other memory.  A uniform deep network has a handful of different steps; each is
// instantiated once.  Two steps are twins if their descriptions, word for word, are the same.

#include <chainfold/program/plan/in_place.hpp>

namespace chainfold {

/// Where an operand of a group's member comes from.
enum class operand_kind : std::int8_t { input, member, immediate };
struct operand_place {
    operand_kind kind = operand_kind::input;
    std::int32_t index = 0;  // of the input, the member, or the number
};

template <class Plan>
constexpr operand_place place_of(const graph_view& graph, const Plan& p, const planned_step& step, int operand) {
    const planned_node& n = p.nodes[static_cast<std::size_t>(operand)];
    if (n.is == role::immediate) {
        const int leaf = graph[operand].count > 0 ? graph.operand(operand, 0) : operand;
        return {operand_kind::immediate, graph[leaf].parameter};
    }
    for (std::int32_t i = 0; i < step.input_count; ++i)
        if (p.inputs[static_cast<std::size_t>(step.first_input + i)] == operand) return {operand_kind::input, i};
    std::int32_t m = 0;
    while (p.members[static_cast<std::size_t>(step.first_member + m)] != operand) ++m;
    return {operand_kind::member, m};
}

template <class Plan>
class twin_finder {
public:
    constexpr twin_finder(const graph_view& graph, Plan& result)
        : graph_(graph), plan_(result), nodes_(graph, result) {}

    constexpr void run() {
        buffer<std::int32_t> slots(4 * plan_.step_count + 4, -1);
        for (std::int32_t s = 0; s < plan_.step_count; ++s) {
            begins_.push(words_.size());
            describe(plan_.steps[static_cast<std::size_t>(s)]);
            hash_value hash = 0;
            for (int w = begins_[s]; w < words_.size(); ++w)
                hash = (hash ^ static_cast<hash_value>(words_[w])) * 0x94d049bb133111ebu;
            int slot = static_cast<int>((hash >> 33) % static_cast<hash_value>(slots.size()));
            while (slots[slot] >= 0 && !same(slots[slot], s)) slot = (slot + 1) % slots.size();
            if (slots[slot] < 0) slots[slot] = s;
            plan_.steps[static_cast<std::size_t>(s)].twin = slots[slot];
        }
    }

private:
    constexpr void say(std::int64_t word) { words_.push(word); }
    constexpr void say(const dimensions& d) {
        say((static_cast<std::int64_t>(d.rank) << 60) + (static_cast<std::int64_t>(d.rows) << 30) + d.columns);
    }

    constexpr void describe(const planned_step& step) {
        say(static_cast<std::int64_t>(step.kind) * 8 + static_cast<std::int64_t>(step.when));
        say(step.address_count * 2 + step.whole_panel);
        if (step.kind == step_kind::group) {
            describe_group(step);
            return;
        }
        say(graph_[step.node].operation);
        say(graph_[step.node].parameter * (step.kind == step_kind::kernel));
        say(graph_[step.node].dims);
        say(static_cast<std::int64_t>(nodes_.at(step.node).is) * 2 + (nodes_.at(step.node).moves >= 0));
        say(nodes_.is_transposed_product(step.node) + 2 * (step.second >= 0) +
            4 * nodes_.is_triangular_product(step.node));
        say(nodes_.at(step.node).batched);
        if (step.kind == step_kind::accumulate_outer)
            say(nodes_.reads_as_given(step.node) + 2 * nodes_.is_accumulated_triangle(step.node) +
                4 * nodes_.is_second_moment(step.node));
        for (int i = 0; i < nodes_.read_count(step.node); ++i) {
            say(graph_[nodes_.read(step.node, i)].dims);
            say(nodes_.at(nodes_.read(step.node, i)).batched);
            if (nodes_.at(nodes_.read(step.node, i)).is == role::inlined) describe_inlined(nodes_.read(step.node, i));
        }
        if (nodes_.template is<stack_op>(step.node)) describe_parts(step);
        if (step.whole_panel)
            for (std::int32_t a = step.first_address; a < step.first_address + step.address_count; ++a)
                say(plan_.addresses[static_cast<std::size_t>(a)].tile_step);
    }

    // Zeros, and what stands where it belongs.
    constexpr void describe_parts(const planned_step& step) {
        const location* const at = plan_.addresses + step.first_address;
        for (int i = 0; i < graph_[step.node].count; ++i) {
            const bool together = at[0].base == output_base && at[i + 1].base == output_base;
            say(together ? at[i + 1].offset - at[0].offset : -1);
            say(is_all_zero(graph_, graph_.operand(step.node, i)));
        }
    }

    constexpr void describe_inlined(int id) {
        say(graph_[id].operation * 4 + nodes_.is_transposed_product(id) * 2 + nodes_.at(graph_.operand(id, 0)).batched);
        say(graph_.operand_dims(id, 0));
    }

    constexpr void describe_group(const planned_step& step) {
        say(nodes_.loop_size(step.node));
        for (std::int32_t i = 0; i < step.input_count; ++i) {
            const int input = plan_.inputs[static_cast<std::size_t>(step.first_input + i)];
            say((graph_[input].dims.rank != 0) * 2 + nodes_.at(input).batched);
        }
        for (std::int32_t m = 0; m < step.member_count; ++m) {
            const int id = plan_.members[static_cast<std::size_t>(step.first_member + m)];
            const node& n = graph_[id];
            say(n.operation * 2 + nodes_.at(id).stored);
            say(n.operation == operation_code<broadcast_op> ? 0 : n.parameter);
            if (nodes_.template is<product_op>(id)) {
                say(nodes_.at(id).is == role::fused);  // A x, not Aᵀ v
                say(graph_[nodes_.read_by_member(id, 0)].dims);
            }
            for (int i = 0; i < n.count; ++i) {
                const operand_place from = place_of(graph_, plan_, step, nodes_.read_by_member(id, i));
                say(static_cast<std::int64_t>(from.index) * 4 + static_cast<std::int64_t>(from.kind));
            }
        }
    }

    [[nodiscard]] constexpr bool same(std::int32_t a, std::int32_t b) const {
        const int count = words_.size() - begins_[b];
        if (begins_[a + 1] - begins_[a] != count) return false;
        for (int i = 0; i < count; ++i)
            if (words_[begins_[a] + i] != words_[begins_[b] + i]) return false;
        return true;
    }

    const graph_view& graph_;
    Plan& plan_;
    reading<Plan> nodes_;
    buffer<std::int64_t> words_;
    buffer<int> begins_;
};

}  // namespace chainfold
