// SPDX-License-Identifier: BSL-1.0
#pragma once

// Who stands where in the workspace, and from which step to which.

#include <vector>

#include <chainfold/notation/explain/plan_view.hpp>
#include <chainfold/notation/sort.hpp>

namespace chainfold {

/// A value, or working memory of a step, in the workspace.
struct tenant {
    int node = -1;
    bool is_value = true;               // otherwise working memory of the step that computes the node
    std::int64_t offset = 0, size = 0;  // numbers
    int first = 0, last = 0;            // steps, counted from 0

    [[nodiscard]] bool meets(const tenant& other) const {
        return offset < other.offset + other.size && other.offset < offset + size;
    }
    [[nodiscard]] bool lives_with(const tenant& other) const { return first <= other.last && other.first <= last; }
};

/// All tenants in the order of their offsets.  Steps that a tile runs through before the next tile does are repeated,
/// so what lives on beyond them lives through all of them.
template <class = void>
class lifetimes {
public:
    lifetimes(const graph_view& graph, const plan_view& plan) : graph_(graph), plan_(plan), nodes_(graph, plan) {
        const auto count = static_cast<std::size_t>(plan.step_count);
        begin_.resize(count);
        end_.resize(count);
        for (int s = 0; s < plan_.step_count; ++s) begin(s) = s > 0 && run_together(s - 1, s) ? begin(s - 1) : s;
        for (int s = plan_.step_count - 1; s >= 0; --s)
            end(s) = s + 1 < plan_.step_count && run_together(s, s + 1) ? end(s + 1) : s;
        tiles_begin_ = 0;
        while (tiles_begin_ < plan_.step_count && plan_.steps[tiles_begin_].when != phase::tile) ++tiles_begin_;
        tiles_end_ = plan_.step_count - 1;
        while (tiles_end_ > 0 && plan_.steps[tiles_end_].when != phase::tile) --tiles_end_;
    }

    [[nodiscard]] std::vector<tenant> run() {
        std::vector<tenant> all;
        for (int id = 0; id < graph_.node_count; ++id) {
            const planned_node& n = plan_[id];
            if (!n.needed || n.step < 0 || !n.stored || !plan_view::is_own(n.at)) continue;
            tenant t{id, true, plan_.offset(n.at), size_of(id), n.step, n.last_use < n.step ? n.step : n.last_use};
            if (n.is == role::accumulated) t.first = tiles_begin_;
            if (n.last_use >= plan_.step_count || (n.last_use < 0 && n.is == role::accumulated))
                t.last = plan_.step_count - 1;
            if (!n.local) {
                t.first = begin(t.first);
                t.last = end(t.last);
            }
            all.push_back(t);
        }
        for (int s = 0; s < plan_.step_count; ++s) add_working_memory(s, all);
        detail::stable_sort(all, [](const tenant& a, const tenant& b) {
            return a.offset != b.offset ? a.offset < b.offset : a.first < b.first;
        });
        return all;
    }

private:
    [[nodiscard]] std::int64_t size_of(int id) const {
        const std::int64_t size = graph_[id].dims.size();
        return !plan_[id].batched ? size : size * plan_.tile * (plan_[id].local ? 1 : plan_.panel);
    }
    [[nodiscard]] bool stands_alone(int s) const {
        return plan_.panel == 1 || plan_.steps[s].when != phase::tile || plan_.steps[s].whole_panel;
    }
    /// Does a tile run through both before the next tile does?
    [[nodiscard]] bool run_together(int s, int next) const { return !stands_alone(s) && !stands_alone(next); }
    int& begin(int s) { return begin_[static_cast<std::size_t>(s)]; }
    int& end(int s) { return end_[static_cast<std::size_t>(s)]; }

    // Behind its results and what it reads, a step's addresses name the sum of a block of tiles and a factor's new
    // layout.
    void add_working_memory(int s, std::vector<tenant>& all) const {
        const planned_step& step = plan_.steps[s];
        if (step.kind == step_kind::group) return add_sums_in_loop(step, all);
        const bool sums = step.kind == step_kind::accumulate || step.kind == step_kind::accumulate_outer;
        if ((step.kind != step_kind::kernel && !sums) || step.second >= 0) return;
        int a = step.first_address + 1;
        for (int i = 0; i < nodes_.read_count(step.node); ++i) nodes_.for_each_read(step.node, i, [&](int) { ++a; });
        const int last = step.first_address + step.address_count;
        if (sums && a < last)
            all.push_back({step.node, false, plan_.offset(plan_.addresses[a++]),
                           std::int64_t{graph_[step.node].dims.size()} * (plan_.means_in_lanes ? plan_.lanes : 1),
                           tiles_begin_, tiles_end_});
        if (a >= last || !plan_view::is_own(plan_.addresses[a])) return;
        const std::int64_t size = sums ? std::int64_t{plan_.tile} * plan_.tile * plan_.panel
                                       : transposed_part_size(graph_[step.node].dims.rows);
        all.push_back({step.node, false, plan_.offset(plan_.addresses[a]), size, s, s});
    }

    // Behind a mean's address stands that of its sums.
    void add_sums_in_loop(const planned_step& step, std::vector<tenant>& all) const {
        int a = step.first_address;
        for (int m = 0; m < step.member_count; ++m) {
            const int id = plan_.member(step, m);
            a += plan_[id].stored;
            if (plan_[id].is != role::accumulated) continue;
            all.push_back({id, false, plan_.offset(plan_.addresses[a++]),
                           std::int64_t{graph_[id].dims.size()} * plan_.lanes, tiles_begin_, tiles_end_});
        }
    }

    const graph_view& graph_;
    const plan_view& plan_;
    plan_reading nodes_;
    std::vector<int> begin_, end_;  // by step: of the steps that a tile runs through with it
    int tiles_begin_ = 0, tiles_end_ = 0;
};

}  // namespace chainfold
