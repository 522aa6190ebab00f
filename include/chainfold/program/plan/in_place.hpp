// SPDX-License-Identifier: BSL-1.0
#pragma once

// What an output is put together from stands where it belongs from the beginning:  stack(u, v, …) of an output writes
// no u and v into the workspace.

#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/plan/reading.hpp>

namespace chainfold {

/// Zeros, everywhere.
constexpr bool is_all_zero(const graph_view& graph, int id) {
    if (graph[id].operation == operation_code<broadcast_op>) id = graph.operand(id, 0);
    return graph[id].operation == operation_code<constant_op> && math::is_zero(graph.numbers[graph[id].parameter]);
}

/// From so many bytes on it counts how an output lies to the lines of the cache.
inline constexpr int bytes_of_long_output = 512;
/// How many numbers, of so many bytes each, stand before the outputs, so that the longest begins with a line of the
/// cache: behind a mean and a scale, the derivative by a thousand observations would be written across lines, two with
/// each store.
template <class Plan>
constexpr std::int32_t margin_of_outputs(const graph_view& graph, const Plan& p, std::size_t number) {
    const auto bytes = static_cast<std::int32_t>(number), line = kernel::bytes_of_line / bytes;
    std::int32_t longest = bytes_of_long_output / bytes - 1, at = 0;
    for (int i = 0; i < graph.output_count; ++i) {
        const int id = graph.outputs[i];
        if (p.nodes[static_cast<std::size_t>(id)].at.base != output_base || graph[id].dims.size() <= longest) continue;
        longest = graph[id].dims.size();
        at = p.output_offsets[static_cast<std::size_t>(i)];
    }
    return (line - at % line) % line;
}

template <class Plan>
class parts_in_place {
public:
    constexpr parts_in_place(const graph_view& graph, Plan& result)
        : graph_(graph), plan_(result), nodes_(graph, result) {}

    /// Places an output from `offset` on, and the parts that it is put together from.
    constexpr void place(int output, std::int32_t offset) {
        nodes_.at(output).at = {output_base, offset};
        if (graph_[output].operation != operation_code<stack_op> || nodes_.at(output).batched) return;
        const bool numbers_too = !is_sparse(output);
        for (int i = 0; i < graph_[output].count; ++i) {
            const int part = graph_.operand(output, i), size = graph_[part].dims.size();
            if ((size > 1 || numbers_too) && stands_alone(part, output)) nodes_.at(part).at = {output_base, offset};
            offset += size;
        }
    }

private:
    // Numbers among many zeros are written together with these.
    [[nodiscard]] constexpr bool is_sparse(int output) const {
        int zeros = 0;
        for (int i = 0; i < graph_[output].count && zeros < 4; ++i) {
            const int part = graph_.operand(output, i);
            zeros = is_all_zero(graph_, part) ? zeros + graph_[part].dims.size() : 0;
        }
        return zeros >= 4;
    }
    [[nodiscard]] constexpr bool stands_alone(int part, int output) const {
        const planned_node& n = nodes_.at(part);
        for (int i = 0; i < graph_.output_count; ++i)
            if (graph_.outputs[i] == part) return false;
        return (n.is == role::fused || n.is == role::kernel || n.is == role::reduced) && !n.at.exists() && !n.batched &&
               n.when == nodes_.at(output).when && !is_all_zero(graph_, part);
    }

    const graph_view& graph_;
    Plan& plan_;
    reading<Plan> nodes_;
};

}  // namespace chainfold
