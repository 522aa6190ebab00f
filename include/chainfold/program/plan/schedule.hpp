// SPDX-License-Identifier: BSL-1.0
#pragma once

// The order of the loops.  Every node gets a level: a kernel runs after all that it reads, an elementwise node in the
// same loop as the elementwise nodes of its size that it reads.  Elementwise nodes then sink to the latest level at
// which they are still in time, so that 1 − y² is computed where the backward pass uses it and is never stored.

#include <chainfold/program/plan/descents.hpp>
#include <chainfold/program/plan/pairs.hpp>
#include <chainfold/program/plan/roles.hpp>
#include <chainfold/program/plan/step_order.hpp>

namespace chainfold {

template <class Plan>
class scheduler {
public:
    constexpr scheduler(const graph_view& graph, Plan& result)
        : graph_(graph), plan_(result), nodes_(graph, result), component_(graph.node_count, -1) {}

    /// By node: the symbol that it moves by gradient descent, and where it goes sample by sample.
    constexpr void run(const char* batched_symbols, const buffer<std::int32_t>& moved,
                       const buffer<std::int32_t>& unloaded) {
        roles<Plan> to(graph_, plan_);
        to.assign_roles(batched_symbols, moved, unloaded);
        const std::int64_t entries = entries_of_small_means();
        plan_.means_in_lanes = entries > 0;
        if (plan_.means_in_lanes) {
            pair_moments(graph_, plan_);
            to.find_inlined();
        }
        // Many sums then pass through the core half as often, or a quarter.
        if (entries * plan_.lanes > many_lane_sums) plan_.tile *= entries * plan_.lanes > 8 * many_lane_sums ? 4 : 2;
        for (int id = 0; id < graph_.node_count; ++id)
            if (nodes_.at(id).needed) nodes_.at(id).level = earliest(id);
        sink();
        make_steps();
        if (plan_.means_in_lanes) step_order(graph_, plan_).depth_first();
        descents(graph_, plan_).add();
        for (int i = 0; i < graph_.output_count; ++i)
            if (const int output = graph_.outputs[i]; nodes_.at(output).unloaded_to >= 0)
                step_order(graph_, plan_).insert_unload(output);
    }

private:
    [[nodiscard]] constexpr bool fused_together(int a, int b) const {
        return nodes_.is_in_loop(b) && nodes_.is_in_loop(a) && have_one_loop(a, b);
    }
    [[nodiscard]] constexpr bool have_one_loop(int a, int b) const {
        return nodes_.at(a).when == nodes_.at(b).when && nodes_.loop_size(a) == nodes_.loop_size(b);
    }
    /// May a node stand in the same loop as an operand?  (A sum is known after its loop.)
    [[nodiscard]] constexpr bool follows_in_loop(int id, int i, int operand) const {
        return nodes_.at(operand).is == role::fused && nodes_.is_in_loop(id) && have_one_loop(id, operand) &&
               !nodes_.is_read_whole(id, i);
    }

    [[nodiscard]] constexpr std::int32_t earliest(int id) const {
        const bool fused = nodes_.is_in_loop(id);
        std::int32_t level = 0;
        for (int i = 0; i < nodes_.read_count(id); ++i) {
            const int operand = nodes_.read(id, i);
            const planned_node& from = nodes_.at(operand);
            // In a level, kernels run before groups.
            const bool same_level =
                fused && (from.is == role::fused ? have_one_loop(id, operand) && !nodes_.is_read_whole(id, i)
                                                 : !nodes_.is_in_loop(operand));
            const std::int32_t ready = from.level + (same_level ? 0 : 1);
            level = level < ready ? ready : level;
        }
        return level;
    }

    /// Are there batches, and are all means small?  Then a tile's samples are added up as soon as their values are
    /// known, each lane by itself.  How many numbers the means are; 0 if they are not small.
    static constexpr std::int64_t many_lane_sums = 2048;
    [[nodiscard]] constexpr std::int64_t entries_of_small_means() const {
        constexpr std::int64_t most_of_outer = 128, most_of_matrix = 1024;
        if (plan_.tile == 1) return 0;
        std::int64_t entries = 0;
        for (int id = 0; id < graph_.node_count; ++id) {
            if (!nodes_.at(id).needed) continue;
            if (nodes_.at(id).is == role::accumulated) {
                if (nodes_.is_accumulated_outer(id) && graph_[id].dims.size() > most_of_outer) return 0;
                entries += graph_[id].dims.size();
            }
            if (nodes_.at(id).batched && nodes_.template is<product_op>(id) &&
                graph_.operand_dims(id, 0).size() > most_of_matrix)
                return 0;
        }
        return entries <= most_lane_sums ? entries : 0;
    }

    constexpr void sink() {
        constexpr std::int32_t unlimited = 1 << 30;
        buffer<std::int32_t> latest(graph_.node_count, unlimited);
        for (int id = graph_.node_count - 1; id >= 0; --id) {
            planned_node& n = nodes_.at(id);
            if (!n.needed) continue;
            if ((n.is == role::fused || n.is == role::alias) && latest[id] != unlimited && latest[id] > n.level &&
                !is_slow_number(id))
                n.level = latest[id];
            for (int i = 0; i < nodes_.read_count(id); ++i) {
                const int operand = nodes_.read(id, i);
                const planned_node& from = nodes_.at(operand);
                if (from.when != n.when || from.is == role::accumulated) continue;
                const std::int32_t limit = n.level - (follows_in_loop(id, i, operand) ? 0 : 1);
                if (limit < latest[operand]) latest[operand] = limit;
            }
        }
    }

    /// A single number for which the processor waits long: as soon as possible, so that it waits beside a loop.
    [[nodiscard]] constexpr bool is_slow_number(int id) const {
        if (graph_[id].dims.size() > 1 || nodes_.at(id).batched) return false;
        switch (graph_[id].operation) {
            case operation_code<constant_op>:
            case operation_code<broadcast_op>:
            case operation_code<negate_op>:
            case operation_code<add_op>:
            case operation_code<subtract_op>:
            case operation_code<multiply_op>:
            case operation_code<square_op>:
                return false;
            default:
                return true;
        }
    }

    constexpr void make_steps() {
        std::int32_t levels = 1;
        for (int id = 0; id < graph_.node_count; ++id)
            if (nodes_.at(id).needed && nodes_.at(id).level >= levels) levels = nodes_.at(id).level + 1;
        // Nodes by (phase, level, kernels before numbers before loops), each list in the order of the graph.
        const int keys = 9 * ++levels;
        buffer<int> head(keys, -1), next(graph_.node_count, -1);
        for (int id = graph_.node_count - 1; id >= 0; --id) {
            const planned_node& n = nodes_.at(id);
            if (!n.needed || n.is == role::immediate || n.is == role::external || n.is == role::alias ||
                n.is == role::folded || n.is == role::inlined)
                continue;
            const bool is_last = n.is == role::accumulated && !plan_.means_in_lanes;  // means after everything
            const std::int32_t level = is_last ? levels - 1 : n.level;
            const int key = (static_cast<int>(n.when) * levels + level) * 3 +
                            (nodes_.is_in_loop(id) ? 1 + (nodes_.loop_size(id) > 1) : 0);
            next[id] = head[key];
            head[key] = id;
        }
        for (int key = 0; key < keys; ++key)
            for (int id = head[key]; id >= 0; id = next[id])
                if (nodes_.at(id).step < 0) key % 3 == 0 ? add_kernel(id, next) : add_group(id, next);
    }

    constexpr planned_step& add_step(int id, step_kind kind) {
        planned_step& step = plan_.steps[static_cast<std::size_t>(plan_.step_count)];
        step.kind = kind;
        step.when = nodes_.at(id).when;
        step.node = id;
        nodes_.at(id).step = plan_.step_count++;
        return step;
    }

    constexpr void add_kernel(int id, const buffer<int>& next) {
        const role is = nodes_.at(id).is;
        planned_step& step = add_step(id, is == role::loaded                ? step_kind::load
                                          : is != role::accumulated         ? step_kind::kernel
                                          : nodes_.is_accumulated_outer(id) ? step_kind::accumulate_outer
                                                                            : step_kind::accumulate);
        step.whole_panel = is == role::accumulated && !plan_.means_in_lanes;
        if (is == role::accumulated && nodes_.at(id).beside >= 0)
            step.node = nodes_.of_step(id), step.second = nodes_.at(step.node).beside;
        if (is == role::kernel) find_second(step, next);
        if (step.second >= 0) nodes_.at(step.node).step = nodes_.at(step.second).step = plan_.step_count - 1;
    }
    // What is computed on the way reads nothing that is known later, so it has the same level.
    constexpr void find_second(planned_step& step, const buffer<int>& next) {
        const int id = step.node;
        for (int other = next[id]; other >= 0 && step.second < 0; other = next[other]) {
            if (nodes_.at(other).step >= 0) continue;
            if (nodes_.is_beside(other, id))
                step.second = other;
            else if (nodes_.is_beside(id, other))
                step.second = id, step.node = other;
        }
    }
    // Which of the nodes from `first` on compute with each other: the first of each such set, by node.
    constexpr void find_components(int first, const buffer<int>& next) {
        for (int id = first; id >= 0; id = next[id])
            if (fused_together(first, id)) component_[id] = id;
        for (int id = first; id >= 0; id = next[id])
            for (int i = 0; i < graph_[id].count; ++i) {
                const int operand = graph_.operand(id, i);
                if (component_[operand] < 0 || nodes_.at(operand).step >= 0 || !follows_in_loop(id, i, operand))
                    continue;
                const int a = root(id), b = root(operand);
                component_[a < b ? b : a] = a < b ? a : b;
            }
    }
    [[nodiscard]] constexpr int root(int id) const {
        while (component_[id] != id) id = component_[id];
        return id;
    }

    // Many values that have nothing to do with each other would only be in each other's way: they get a loop each,
    // and equal loops are one code.
    static constexpr int most_together = 24, most_in_depth = 8;
    constexpr void add_group(int first, const buffer<int>& next) {
        const std::int32_t begin = members_;
        bool apart = component_[first] >= 0;
        if (!apart && (nodes_.loop_size(first) > 1 || nodes_.at(first).batched)) {
            int count = 0;
            for (int id = first; id >= 0; id = next[id]) count += fused_together(first, id);
            apart = count > (plan_.means_in_lanes && nodes_.at(first).batched ? most_in_depth : most_together);
            if (apart) find_components(first, next);
        }
        planned_step& step = add_step(first, step_kind::group);
        for (int id = first; id >= 0; id = next[id]) {
            if (nodes_.at(id).step >= 0 && id != first) continue;
            if (!fused_together(first, id) || (apart && root(id) != root(first))) continue;
            nodes_.at(id).step = plan_.step_count - 1;
            for (int i = 0; i < graph_[id].count; ++i)
                if (nodes_.at(graph_.operand(id, i)).is == role::inlined) add_member(graph_.operand(id, i), begin);
            add_member(id, begin);
        }
        step.first_member = begin;
        step.member_count = members_ - begin;
    }

    constexpr void add_member(int id, std::int32_t begin) {
        for (std::int32_t m = begin; m < members_; ++m)
            if (plan_.members[static_cast<std::size_t>(m)] == id) return;
        plan_.members[static_cast<std::size_t>(members_++)] = id;
    }

    const graph_view& graph_;
    Plan& plan_;
    reading<Plan> nodes_;
    std::int32_t members_ = 0;
    buffer<int> component_;  // by node, while a level is divided into groups
};

}  // namespace chainfold
