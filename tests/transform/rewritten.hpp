// What a pass over a graph of scalars has made, to be looked at.
#pragma once

#include <chainfold/transform/scalars.hpp>

namespace chainfold {

/// look(graph, needed) of what is in a builder, of which these are the outputs.
template <class Look>
constexpr auto look_at(const builder& to, const buffer<handle>& found, const Look& look) {
    buffer<int> outputs;
    for (const handle& output : found) outputs.push(output.id);
    graph_view made = to.view();
    made.outputs = outputs.data();
    made.output_count = outputs.size();
    return look(made, needed_nodes(made));
}

/// How many needed nodes there are for which is(id) holds.
template <class Is>
constexpr int count_of(const graph_view& made, const buffer<char>& needed, const Is& is) {
    int count = 0;
    for (int id = 0; id < made.node_count; ++id) count += needed[id] != 0 && is(id);
    return count;
}

/// How many nodes for which counts(id) holds wait, one after another, for an exponential.
template <class Counts>
constexpr int depth_behind_exp(const graph_view& made, const buffer<char>& needed, const Counts& counts) {
    int depth = 0;
    buffer<int> behind(made.node_count, -1);
    for (int id = 0; id < made.node_count; ++id) {
        if (needed[id] == 0) continue;
        if (made[id].operation == operation_code<exp_op>) behind[id] = 0;
        for (int i = 0; i < made[id].count; ++i)
            if (const int before = behind[made.operand(id, i)]; before >= 0 && before + counts(id) > behind[id])
                behind[id] = before + counts(id);
        if (behind[id] > depth) depth = behind[id];
    }
    return depth;
}

}  // namespace chainfold
