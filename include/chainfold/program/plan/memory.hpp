// SPDX-License-Identifier: BSL-1.0
#pragma once

// Where everything stands.  Values share memory: a block is free again after the last step that reads it.  What lives
// for one tile or one step only has memory of its own, of which each thread has one.

#include <chainfold/program/plan/allocator.hpp>
#include <chainfold/program/plan/in_place.hpp>

namespace chainfold {

template <class Plan>
class memory_planner {
public:
    constexpr memory_planner(const graph_view& graph, Plan& result)
        : graph_(graph),
          plan_(result),
          nodes_(graph, result),
          ended_by_(result.step_count + 1, -1),
          next_ended_(graph.node_count, -1),
          block_of_(graph.node_count, -1) {}

    constexpr void run() {
        find_uses();
        place_outputs();
        place_results();
        plan_.workspace = workspace_.high();
        plan_.local = local_.high();
    }

    /// Where the values of a node are found.
    [[nodiscard]] constexpr location address(int id) const {
        if (nodes_.at(id).is == role::external) return {first_symbol_base + graph_[id].parameter, 0};
        if (nodes_.at(id).is != role::alias) return nodes_.at(id).at;
        location found = address(graph_.operand(id, 0));
        found.offset += graph_[id].parameter * (nodes_.at(id).batched ? plan_.tile : 1);
        return found;
    }

private:
    constexpr void use(int id, std::int32_t step) {
        planned_node& n = nodes_.at(nodes_.source(id));
        n.stored = true;
        if (n.last_use < step) n.last_use = step;
    }

    constexpr void find_uses() {
        std::int32_t last_tile_step = -1;
        for (std::int32_t s = 0; s < plan_.step_count; ++s)
            if (plan_.steps[static_cast<std::size_t>(s)].when == phase::tile) last_tile_step = s;
        for (int id = 0; id < graph_.node_count; ++id) {
            planned_node& n = nodes_.at(id);
            if (!n.needed || n.step < 0) continue;
            n.stored = n.stored || n.is == role::kernel || n.is == role::accumulated || n.is == role::reduced;
            for (int i = 0; i < nodes_.read_count(id); ++i)
                nodes_.for_each_read(id, i, [&](int operand) {
                    const planned_node& from = nodes_.at(nodes_.source(operand));
                    if (from.step < 0 || nodes_.reads_as_given(id, i)) return;
                    if (operand == nodes_.source(operand) && from.step == n.step) return;  // inside one loop
                    use(operand, n.when == phase::tile && !from.batched ? last_tile_step : n.step);
                });
        }
        for (int i = 0; i < graph_.output_count; ++i) nodes_.at(graph_.outputs[i]).stored = true;
        for (std::int32_t s = 0; s < plan_.step_count; ++s) {
            const planned_step& step = plan_.steps[static_cast<std::size_t>(s)];
            if (step.kind == step_kind::unload) use(step.node, nodes_.at(step.node).batched ? s : last_tile_step);
            if (step.kind == step_kind::descend)
                for (int i = 0; i < nodes_.moving_count(step.node); ++i) use(nodes_.moving(step.node, i), s);
        }
    }

    // Gradients first and without gaps, in the order of a block of weights; the value is last.
    constexpr void place_outputs() {
        for (int i = 1; i < graph_.output_count; ++i) place_output(i);
        place_output(0);
    }
    constexpr void place_output(int i) {
        const int id = graph_.outputs[i];
        if (nodes_.at(id).moves != planned_node::moves_nothing || nodes_.at(id).unloaded_to >= 0) return;
        plan_.output_offsets[static_cast<std::size_t>(i)] = plan_.outputs;
        parts_in_place(graph_, plan_).place(id, plan_.outputs);
        plan_.outputs += graph_[id].dims.size();
    }

    // A segment: the steps that a tile runs through before the next tile does.
    [[nodiscard]] constexpr std::int32_t end_of_segment(std::int32_t begin) const {
        const auto one_by_one = [&](std::int32_t s) {
            const planned_step& step = plan_.steps[static_cast<std::size_t>(s)];
            return plan_.panel == 1 || step.when != phase::tile || step.whole_panel;
        };
        std::int32_t end = begin + 1;
        if (!one_by_one(begin))
            while (end < plan_.step_count && !one_by_one(end)) ++end;
        return end;
    }

    // What is used in one segment only needs memory for one tile, and shares it step by step.  Everything else gets its
    // memory before the segment and gives it back after it: the steps of a segment run once for each tile.
    constexpr void place_results() {
        bool in_tiles = false;
        for (std::int32_t begin = 0, end = 0; begin < plan_.step_count; begin = end) {
            end = end_of_segment(begin);
            if (plan_.steps[static_cast<std::size_t>(begin)].when == phase::tile && !in_tiles) {
                in_tiles = true;  // sums over all tiles must not share memory with anything inside one
                for (int id = 0; id < graph_.node_count; ++id)
                    if (nodes_.at(id).is == role::accumulated && nodes_.at(id).needed) {
                        place(id);
                        block_of_[id] = workspace_.take(size_of(id) * (plan_.means_in_lanes ? plan_.lanes : 1));
                    }
            }
            if (end - begin > 1)
                for (std::int32_t s = begin; s < end; ++s) place_lasting(s, end);
            for (std::int32_t s = begin; s < end; ++s) {
                place_step(s);
                release(s, true);
            }
            for (std::int32_t s = begin; s < end; ++s) release(s, false);
        }
    }

    constexpr void place_lasting(std::int32_t s, std::int32_t end) {
        const planned_step& step = plan_.steps[static_cast<std::size_t>(s)];
        const int alone = step.kind == step_kind::unload ? 0 : 1 + (step.second >= 0);
        const int count = step.kind == step_kind::group ? step.member_count : alone;
        for (int m = 0; m < count; ++m) {
            const int id = step.kind == step_kind::group ? member(step, m) : m == 0 ? step.node : step.second;
            if (nodes_.at(id).last_use >= end)
                place(id);
            else
                nodes_.at(id).local = true;
        }
    }

    constexpr void place_step(std::int32_t s) {
        planned_step& step = plan_.steps[static_cast<std::size_t>(s)];
        step.first_address = plan_.address_total;
        if (step.kind == step_kind::group) {
            for (int m = 0; m < step.member_count; ++m) {
                add_result(member(step, m));
                if (nodes_.at(member(step, m)).is == role::accumulated)
                    add_address({workspace_base, block_of_[member(step, m)]});
            }
            collect_inputs(step);
        } else if (step.kind == step_kind::unload) {
            add_address({first_symbol_base + graph_.symbol_count + nodes_.at(step.node).unloaded_to, 0, tile_size_of(step.node)});
            add_address(address(step.node));
        } else if (step.kind == step_kind::descend) {
            add_address(moved_by(step.node));
            for (int i = 0; i < nodes_.moving_count(step.node); ++i) add_address(address(nodes_.moving(step.node, i)));
        } else {
            add_result(step.node);
            for (int i = 0; i < nodes_.read_count(step.node); ++i)
                nodes_.for_each_read(step.node, i, [&](int operand) {
                    add_address(nodes_.reads_as_given(step.node, i) ? given(operand) : address(operand));
                });
            if (step.second >= 0) add_second(step.second, step.node);
            if (step.kind == step_kind::load) add_address(given(step.node));
            if (nodes_.at(step.node).is == role::accumulated)
                for (int id = step.node; id >= 0; id = id == step.node ? step.second : -1)
                    add_address({workspace_base, block_of_[id]});
            if (const std::int32_t numbers = scratch_of(step); numbers > 0) {
                const std::int32_t scratch = local_.take(numbers);
                add_address({local_base, scratch});
                local_.give_back(scratch, numbers);
            }
            if (nodes_.at(step.node).is == role::accumulated && nodes_.at(step.node).moves >= 0)
                add_address(moved_by(step.node));
        }
        step.address_count = plan_.address_total - step.first_address;
    }

    constexpr void add_second(int id, int first) {
        if (nodes_.at(id).is != role::folded) add_result(id);
        if (nodes_.template is<outer_op>(id)) add_address(address(nodes_.factor_beside(id, first)));
    }
    // Where a factor of a large product is laid out anew.
    [[nodiscard]] constexpr std::int32_t scratch_of(const planned_step& step) const {
        if (step.kind == step_kind::accumulate_outer && nodes_.packs_samples(step.node))
            return numbers_laid_out(graph_[step.node].dims, plan_.tile) * plan_.tile * plan_.panel;
        const bool transposed = step.kind == step_kind::kernel && nodes_.is_transposed_product(step.node);
        return transposed && step.whole_panel ? transposed_part_size(graph_[step.node].dims.rows) : 0;
    }

    [[nodiscard]] constexpr location moved_by(int id) const { return {first_symbol_base + nodes_.at(id).moves, 0}; }

    /// The samples of a batched symbol, as they were given.
    [[nodiscard]] constexpr location given(int id) const {
        return {first_symbol_base + graph_[id].parameter, 0, tile_size_of(id)};
    }
    [[nodiscard]] constexpr std::int32_t tile_size_of(int id) const { return graph_[id].dims.size() * plan_.tile; }

    constexpr void collect_inputs(planned_step& step) {
        step.first_input = plan_.input_total;
        for (int m = 0; m < step.member_count; ++m) {
            const int id = member(step, m);
            for (int i = 0; i < graph_[id].count; ++i) {
                const int operand = nodes_.read_by_member(id, i);
                const planned_node& from = nodes_.at(operand);
                if (from.is == role::immediate || from.is == role::inlined) continue;
                if (from.is == role::fused && from.step == nodes_.at(id).step) continue;
                bool known = false;
                for (std::int32_t k = step.first_input; k < plan_.input_total && !known; ++k)
                    known = plan_.inputs[static_cast<std::size_t>(k)] == operand;
                if (known) continue;
                plan_.inputs[static_cast<std::size_t>(plan_.input_total++)] = operand;
                add_address(address(operand));
            }
        }
        step.input_count = plan_.input_total - step.first_input;
    }

    constexpr void release(std::int32_t step, bool local) {
        for (int id = ended_by_[step]; id >= 0; id = next_ended_[id])
            if (nodes_.at(id).local == local)
                (local ? local_ : workspace_).give_back(nodes_.at(id).at.offset, size_of(id));
    }
    [[nodiscard]] constexpr std::int32_t size_of(int id) const {
        const planned_node& n = nodes_.at(id);
        return !n.batched ? graph_[id].dims.size() : tile_size_of(id) * (n.local ? 1 : plan_.panel);
    }

    [[nodiscard]] constexpr int member(const planned_step& step, int m) const {
        return plan_.members[static_cast<std::size_t>(step.first_member + m)];
    }
    constexpr void place(int id) {
        planned_node& n = nodes_.at(id);
        if (!n.stored || n.at.exists()) return;
        n.at = {n.local ? local_base : workspace_base, (n.local ? local_ : workspace_).take(size_of(id)),
                n.batched && !n.local ? tile_size_of(id) : 0};
        if (n.last_use < 0 || n.last_use >= plan_.step_count) return;
        next_ended_[id] = ended_by_[n.last_use];
        ended_by_[n.last_use] = id;
    }
    constexpr void add_result(int id) {
        place(id);
        if (nodes_.at(id).stored) add_address(nodes_.at(id).at);
    }
    constexpr void add_address(location at) { plan_.addresses[static_cast<std::size_t>(plan_.address_total++)] = at; }

    const graph_view& graph_;
    Plan& plan_;
    reading<Plan> nodes_;
    block_allocator workspace_, local_;
    buffer<int> ended_by_;           // by step: the first node that nobody reads any more
    buffer<int> next_ended_;         // by node
    buffer<std::int32_t> block_of_;  // by node: where the mean of one block of tiles is accumulated
};

}  // namespace chainfold
