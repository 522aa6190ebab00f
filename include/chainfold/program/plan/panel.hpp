// SPDX-License-Identifier: BSL-1.0
#pragma once

// How many tiles make a panel, and which products are computed for a whole panel at a time.

#include <chainfold/program/plan/reading.hpp>

namespace chainfold {

namespace detail {
inline constexpr std::int32_t most_panel = 8;  // tiles
}

template <class Plan>
class panel_planner {
public:
    constexpr panel_planner(const graph_view& graph, Plan& result)
        : graph_(graph), plan_(result), nodes_(graph, result) {}

    /// `number` is the size of a number in bytes.
    constexpr void run(std::int64_t number) {
        plan_.panel = plan_.means_in_lanes ? 1 : tiles(number);
        if (plan_.panel == 1) return;
        for (std::int32_t s = 0; s < plan_.step_count; ++s) {
            planned_step& step = plan_.steps[static_cast<std::size_t>(s)];
            if (multiplies_matrix(step) && graph_[nodes_.read(step.node, 0)].dims.size() * number >= large_matrix_bytes)
                step.whole_panel = true;
        }
    }

private:
    static constexpr std::int64_t least_work = 4096;  // of a tile; below, a program is written out inline
    static constexpr std::int64_t cache_bytes = 3 << 19;  // what a panel and its matrices may take of a core's cache
    static constexpr std::int64_t large_matrix_bytes = 1 << 20;

    [[nodiscard]] constexpr std::int32_t tiles(std::int64_t number) const {
        if (plan_.tile == 1 || plan_.work * plan_.tile <= least_work) return 1;
        bool any_product = false;
        std::int64_t largest = 1, matrices = 0;
        for (std::int32_t s = 0; s < plan_.step_count; ++s) {
            const planned_step& step = plan_.steps[static_cast<std::size_t>(s)];
            if (step.when != phase::tile) continue;
            any_product = any_product || step.kind == step_kind::accumulate_outer || multiplies_matrix(step);
            if (step.kind == step_kind::accumulate_outer)  // of which a matrix has one, as large as it is
                matrices += graph_[step.node].dims.size() * (nodes_.at(step.node).moves < 0 ? 2 : 1);
            if (nodes_.at(step.node).batched && largest < graph_[step.node].dims.size())
                largest = graph_[step.node].dims.size();
        }
        // Matrices that are too large for the cache pass through it for each panel, the less often the larger it is.
        if (matrices * number > large_matrix_bytes) matrices = 0;
        std::int32_t count = any_product ? detail::most_panel : 1;
        while (count > 1 && (matrices + largest * plan_.tile * count) * number > cache_bytes) count /= 2;
        return count;
    }

    /// A matrix that depends on no sample times a vector that does.
    [[nodiscard]] constexpr bool multiplies_matrix(const planned_step& step) const {
        return step.kind == step_kind::kernel && nodes_.template is<product_op>(step.node) &&
               !nodes_.at(nodes_.read(step.node, 0)).batched && nodes_.at(nodes_.read(step.node, 1)).batched &&
               graph_[step.node].dims.rank == 1;
    }
    const graph_view& graph_;
    Plan& plan_;
    reading<Plan> nodes_;
};

}  // namespace chainfold
