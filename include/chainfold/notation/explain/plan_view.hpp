// SPDX-License-Identifier: BSL-1.0
#pragma once

// A plan to read, of whatever size: what the constants of a program have in common.

#include <chainfold/program/unit.hpp>

namespace chainfold {

/// What is known of a program when it has been compiled.
struct plan_view {
    const planned_node* nodes = nullptr;
    const planned_step* steps = nullptr;
    const std::int32_t* members = nullptr;
    const std::int32_t* inputs = nullptr;
    const location* addresses = nullptr;
    const std::int32_t* output_offsets = nullptr;
    const unit_of_steps* units = nullptr;  // what is called, where the program is no single piece of code
    std::int32_t step_count = 0, unit_count = 0;
    std::int32_t workspace = 0, local = 0, outputs = 0;  // numbers
    std::int32_t tile = 1, panel = 1, lanes = 1;
    std::int32_t number = 4;  // bytes
    bool is_inline = false, means_in_lanes = false;

    [[nodiscard]] const planned_node& operator[](int id) const { return nodes[id]; }
    [[nodiscard]] int member(const planned_step& step, int i) const { return members[step.first_member + i]; }
    [[nodiscard]] int input(const planned_step& step, int i) const { return inputs[step.first_input + i]; }
    /// Does a place lie in the workspace, or in the memory of one thread, which follows it?
    [[nodiscard]] static constexpr bool is_own(const location& at) {
        return at.base == workspace_base || at.base == local_base;
    }
    [[nodiscard]] std::int64_t offset(const location& at) const {
        return std::int64_t{at.base == local_base ? workspace : 0} + at.offset;
    }
    /// Samples for which a step runs at a time.
    [[nodiscard]] std::int64_t samples(const planned_step& step) const {
        return step.when != phase::tile ? 1 : std::int64_t{tile} * (step.whole_panel ? panel : 1);
    }
};

/// The plan of P, computing in T.
template <class P, class T>
plan_view view_of_plan() {
    const auto& p = P::value;
    using code = units_of<P>;
    plan_view view{p.nodes, p.steps, p.members, p.inputs, p.addresses, p.output_offsets, nullptr, p.step_count};
    view.workspace = p.workspace;
    view.local = p.local;
    view.outputs = p.outputs;
    view.tile = p.tile;
    view.panel = p.panel;
    view.lanes = p.lanes;
    view.means_in_lanes = p.means_in_lanes;
    view.number = sizeof(T);
    view.is_inline = code::is_small;
    if constexpr (!code::is_small) {
        view.units = code::units.units;
        view.unit_count = code::units.count;
    }
    return view;
}

using plan_reading = reading<const plan_view>;

}  // namespace chainfold
