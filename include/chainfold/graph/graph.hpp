// SPDX-License-Identifier: BSL-1.0
#pragma once

// A finished graph: arrays of fixed size, so that it can be a constant.  How large it is, is known only when it has
// been built, so a stage is built into a guessed size first and, if that was too small, once more into the right one.

#include <chainfold/graph/builder.hpp>

namespace chainfold {

struct graph_sizes {
    int nodes = 0;
    int pool = 0;
    int numbers = 0;
    int symbols = 0;
    int outputs = 0;

    [[nodiscard]] constexpr bool hold(const graph_sizes& wanted) const {
        return nodes >= wanted.nodes && pool >= wanted.pool && numbers >= wanted.numbers && symbols >= wanted.symbols &&
               outputs >= wanted.outputs;
    }
};

/// An array of Count elements, or of one that is not used.  (Of std::array, each access while constants are computed
/// would be two calls, of functions that are compiled anew for each type and size.)
template <class T, int Count>
using elements = T[Count > 0 ? Count : 1];

template <graph_sizes S>
struct graph {
    static constexpr graph_sizes room = S;  // how large the arrays are
    elements<node, S.nodes> nodes{};
    elements<int, S.pool> pool{};
    elements<number, S.numbers> numbers{};
    elements<symbol, S.symbols> symbols{};
    elements<int, S.outputs> outputs{};
    graph_sizes sizes{};  // what is used, or, where that does not fit, what is wanted
    symbol_conflict conflict{};

    [[nodiscard]] constexpr bool fits() const { return S.hold(sizes); }
    [[nodiscard]] constexpr graph_view view() const {
        return {nodes, pool, numbers, symbols, outputs, sizes.nodes, sizes.symbols, sizes.outputs};
    }
};

/// The builder's graph without the nodes that no output needs.  Numbers and symbols keep their indices.
template <graph_sizes S>
constexpr graph<S> pack(const builder& source) {
    const graph_view from = source.view();
    graph<S> packed{};
    packed.conflict = source.conflict();
    buffer<int> renamed(from.node_count, -1);
    for (int i = 0; i < from.output_count; ++i) renamed[from.outputs[i]] = 0;
    graph_sizes& sizes = packed.sizes;
    sizes = {0, 0, source.number_count(), from.symbol_count, from.output_count};
    for (int id = from.node_count - 1; id >= 0; --id) {
        if (renamed[id] < 0) continue;
        ++sizes.nodes;
        sizes.pool += from[id].count;
        for (int i = 0; i < from[id].count; ++i) renamed[from.operand(id, i)] = 0;
    }
    if (!packed.fits()) return packed;
    for (int id = 0, next = 0, first = 0; id < from.node_count; ++id) {
        if (renamed[id] < 0) continue;
        renamed[id] = next;
        node& n = packed.nodes[static_cast<std::size_t>(next++)];
        n = from[id];
        for (int i = 0; i < n.count; ++i)
            packed.pool[static_cast<std::size_t>(first + i)] = renamed[from.operand(id, i)];
        n.first = first;
        first += n.count;
    }
    for (int i = 0; i < sizes.numbers; ++i) packed.numbers[static_cast<std::size_t>(i)] = from.numbers[i];
    for (int i = 0; i < sizes.symbols; ++i) packed.symbols[static_cast<std::size_t>(i)] = from.symbols[i];
    for (int i = 0; i < sizes.outputs; ++i) packed.outputs[static_cast<std::size_t>(i)] = renamed[from.outputs[i]];
    return packed;
}

/// One constant per stage and size.  A stage is a type with `static constexpr builder build()` and a `guess`.
template <class Stage, graph_sizes S>
inline constexpr graph<S> packed_stage = pack<S>(Stage::build());

/// The finished graph of a stage.
template <class Stage>
constexpr const auto& graph_of_stage() {
    if constexpr (packed_stage<Stage, Stage::guess>.fits())
        return packed_stage<Stage, Stage::guess>;
    else
        return packed_stage<Stage, packed_stage<Stage, Stage::guess>.sizes>;
}

}  // namespace chainfold
