// SPDX-License-Identifier: BSL-1.0
#pragma once

// Means that are summed up by one step: mean(w z zᵀ), and mean(w z) beside it.  Then w z is computed only if somebody
// else reads it.

#include <chainfold/program/plan/reading.hpp>

namespace chainfold {

template <class Plan>
constexpr void pair_moments(const graph_view& graph, Plan& p) {
    reading<Plan> nodes(graph, p);
    const auto may_be_paired = [&](int id) {
        const planned_node& n = nodes.at(id);
        return n.is == role::accumulated && n.needed && n.moves == planned_node::moves_nothing;
    };
    buffer<int> second(graph.node_count, -1);  // by w z
    for (int id = 0; id < graph.node_count; ++id)
        if (may_be_paired(id) && nodes.is_second_moment(id) && nodes.read(id, 0) != nodes.read(id, 1))
            second[graph.operand(nodes.accumulated_outer(id), 0)] = id;
    bool any = false;
    for (int id = 0; id < graph.node_count; ++id) {
        if (!may_be_paired(id) || second[graph.operand(id, 0)] < 0) continue;
        nodes.at(id).beside = second[graph.operand(id, 0)];
        nodes.at(nodes.at(id).beside).beside = id;
        nodes.at(graph.operand(id, 0)).needed = false;
        any = true;
    }
    for (int id = graph.node_count - 1; any && id >= 0; --id)
        for (int i = 0; nodes.at(id).needed && i < nodes.read_count(id); ++i) nodes.at(nodes.read(id, i)).needed = true;
}

}  // namespace chainfold
