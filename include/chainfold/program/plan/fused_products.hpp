// SPDX-License-Identifier: BSL-1.0
#pragma once

// Products that are one instruction with the sum that they go into.  Of a b + c d, compilers fuse the product that is
// computed first and let the other be: so the first is the one whose factors are ready last, and the sum waits for one
// instruction after them instead of two.

#include <array>

#include <chainfold/program/plan/plan.hpp>
#include <chainfold/transform/latency.hpp>

namespace chainfold {

/// Among the members of a group.
template <int Members>
class fused_products {
public:
    /// `member` of a node: which member computes it.
    template <class Plan>
    constexpr void find(const graph_view& graph, const Plan& plan, const planned_step& step,
                        const buffer<std::int32_t>& member) {
        const auto node = [&](std::int32_t m) { return plan.members[at(step.first_member + m)]; };
        std::array<int, Members> uses{}, ready{};
        for (std::int32_t m = 0; m < Members; ++m) {
            for (int k = 0; k < graph[node(m)].count; ++k)
                if (const std::int32_t o = member[graph.operand(node(m), k)]; o >= 0) {
                    ++uses[at(o)];
                    sum_[at(o)] = m;
                    if (ready[at(o)] > ready[at(m)]) ready[at(m)] = ready[at(o)];
                }
            ready[at(m)] += latency_of(graph[node(m)].operation);
        }
        for (std::int32_t m = 0; m < Members; ++m) {
            const bool fused = uses[at(m)] == 1 && graph[node(m)].operation == operation_code<multiply_op> &&
                               is_sum(graph, node(sum_[at(m)])) && !plan.nodes[at(node(m))].stored;
            if (!fused) {
                sum_[at(m)] = -1;
                continue;
            }
            std::array<std::int32_t, 2>& in = in_[at(sum_[at(m)])];
            const bool last = in[0] < 0 || ready[at(m)] > ready[at(in[0])];
            if (last) in[1] = in[0];
            in[last ? 0 : 1] = m;
        }
    }

    /// The sum that alone needs a product; −1 for anything else.
    [[nodiscard]] constexpr std::int32_t sum_of(std::int32_t m) const { return sum_[at(m)]; }
    /// The products that only this sum needs, the one that is ready last first; behind them −1.
    [[nodiscard]] constexpr const std::array<std::int32_t, 2>& in(std::int32_t sum) const { return in_[at(sum)]; }

private:
    static constexpr std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
    static constexpr bool is_sum(const graph_view& graph, int id) {
        return graph[id].operation == operation_code<add_op> || graph[id].operation == operation_code<subtract_op>;
    }
    static constexpr auto none = [] {
        std::array<std::array<std::int32_t, 2>, Members> all{};
        for (auto& in : all) in = {-1, -1};
        return all;
    }();

    std::array<std::int32_t, Members> sum_{};
    std::array<std::array<std::int32_t, 2>, Members> in_ = none;
};

}  // namespace chainfold
