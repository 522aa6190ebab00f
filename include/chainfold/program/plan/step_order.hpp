// SPDX-License-Identifier: BSL-1.0
#pragma once

// The steps for a tile, each as soon as what it reads is there and as near to it as possible: a chain of steps runs to
// its end before the next one begins, and its values are still near.  And where outputs leave a tile.

#include <chainfold/program/plan/reading.hpp>

namespace chainfold {

template <class Plan>
class step_order {
public:
    constexpr step_order(const graph_view& graph, Plan& result)
        : graph_(graph),
          plan_(result),
          nodes_(graph, result),
          waits_for_(result.step_count),
          first_reader_(result.step_count, -1) {}

    constexpr void depth_first() {
        std::int32_t begin = 0;
        while (begin < plan_.step_count && step(begin).when != phase::tile) ++begin;
        std::int32_t end = begin;
        while (end < plan_.step_count && step(end).when == phase::tile) ++end;
        for (int id = 0; id < graph_.node_count; ++id)
            if (nodes_.at(id).needed && is_in_tile(nodes_.at(id).step)) add_reads(id);
        buffer<std::int32_t> ready;
        for (std::int32_t s = end - 1; s >= begin; --s)
            if (waits_for_[s] == 0) ready.push(s);
        buffer<std::int32_t> order;
        while (ready.size() > 0) {
            const std::int32_t s = ready[ready.size() - 1];
            ready.pop();
            order.push(s);
            for (int r = first_reader_[s]; r >= 0; r = readers_[r].next)
                if (--waits_for_[readers_[r].step] == 0) ready.push(readers_[r].step);
        }
        apply(order, begin);
    }

    /// A tile of an output is written to its samples as soon as it is there.
    constexpr void insert_unload(int id) {
        std::int32_t place = nodes_.at(id).step + 1;
        while (place < plan_.step_count && step(place).when == phase::before) ++place;
        for (std::int32_t s = plan_.step_count++; s > place; --s) step(s) = step(s - 1);
        for (int other = 0; other < graph_.node_count; ++other)
            if (nodes_.at(other).step >= place) ++nodes_.at(other).step;
        planned_step unload;
        unload.kind = step_kind::unload;
        unload.when = phase::tile;
        unload.node = id;
        step(place) = unload;
    }

private:
    struct reader {
        std::int32_t step = -1;
        int next = -1;
    };
    [[nodiscard]] constexpr planned_step& step(std::int32_t s) { return plan_.steps[static_cast<std::size_t>(s)]; }
    [[nodiscard]] constexpr bool is_in_tile(std::int32_t s) { return s >= 0 && step(s).when == phase::tile; }

    constexpr void add_reads(int id) {
        const std::int32_t to = nodes_.at(id).step;
        for (int i = 0; i < nodes_.read_count(id); ++i)
            nodes_.for_each_read(id, i, [&](int read) {
                const std::int32_t from = nodes_.at(nodes_.source(read)).step;
                if (from == to || !is_in_tile(from)) return;
                ++waits_for_[to];
                first_reader_[from] = readers_.push({to, first_reader_[from]});
            });
    }

    constexpr void apply(const buffer<std::int32_t>& order, std::int32_t begin) {
        buffer<planned_step> steps;
        buffer<std::int32_t> place(plan_.step_count);
        for (std::int32_t s = 0; s < plan_.step_count; ++s) place[s] = s;
        for (int i = 0; i < order.size(); ++i) {
            steps.push(step(order[i]));
            place[order[i]] = begin + i;
        }
        for (int i = 0; i < order.size(); ++i) step(begin + i) = steps[i];
        for (int id = 0; id < graph_.node_count; ++id)
            if (nodes_.at(id).step >= 0) nodes_.at(id).step = place[nodes_.at(id).step];
    }

    const graph_view& graph_;
    Plan& plan_;
    reading<Plan> nodes_;
    buffer<std::int32_t> waits_for_;  // by step: how many values are still missing
    buffer<int> first_reader_;        // by step, in readers_
    buffer<reader> readers_;
};

}  // namespace chainfold
