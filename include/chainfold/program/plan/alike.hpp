// SPDX-License-Identifier: BSL-1.0
#pragma once

// Members of a group of single numbers that do the same with entries that follow one another, as in the second
// derivatives of a sum over neighbours: 2 x[0] + 1, 2 x[1] + 1, …  Two of them are one operation on the two lanes of a
// register.  (g++ 12 finds such pairs only behind results that are stored side by side; Clang finds most.)
//
// A member follows another if each of its operands follows the other's: an entry the one before it, a member the one
// that it follows, a constant any constant, and anything itself.

#include <array>

#include <chainfold/program/plan/fused_products.hpp>

namespace chainfold {

/// Among the members of a group.
template <int Members>
class alike_members {
public:
    /// `member` of a node: which member computes it.  `may_pair` of two members: neither waits for what comes later.
    template <class Plan, class MayPair>
    constexpr void find(const graph_view& graph, const Plan& plan, const planned_step& step,
                        const buffer<std::int32_t>& member, const fused_products<Members>& products, MayPair may_pair) {
        const auto node = [&](std::int32_t m) { return plan.members[at(step.first_member + m)]; };
        buffer<int> follows(graph.node_count, -1);  // which node a node follows
        if (!find_entries(plan, step, follows)) return;
        const auto are_constant = [&](int a, int b) {
            return plan.nodes[at(a)].is == role::immediate && plan.nodes[at(b)].is == role::immediate;
        };
        const auto may_follow = [&](int id, int earlier) {
            bool moves_on = false;
            for (int k = 0; k < graph[id].count; ++k) {
                const int a = graph.operand(earlier, k), b = graph.operand(id, k);
                if (follows[b] == a)
                    moves_on = true;
                else if (a != b && !are_constant(a, b))
                    return false;
            }
            return moves_on;
        };
        std::array<std::int32_t, Members> next = nobody, depth{};
        for (std::int32_t m = 0; m < Members; ++m) {
            const int id = node(m);
            bool can_follow = false;
            for (int k = 0; k < graph[id].count; ++k) {
                const int of = graph.operand(id, k);
                if (const std::int32_t o = member[of]; o >= 0 && depth[at(o)] >= depth[at(m)])
                    depth[at(m)] = depth[at(o)] + 1;
                can_follow = can_follow || follows[of] >= 0;
            }
            if (!can_follow || !is_one_instruction(graph[id].operation)) continue;
            for (std::int32_t i = m - 1; i >= 0 && i >= m - farthest; --i) {
                const int earlier = node(i);
                // Members of one depth do not wait for each other.
                if (graph[earlier].operation != graph[id].operation || depth[at(i)] != depth[at(m)] ||
                    next[at(i)] >= 0 || !may_follow(id, earlier))
                    continue;
                next[at(i)] = m;
                follows[id] = earlier;
                break;
            }
        }
        for (std::int32_t m = 0; m < Members; ++m)
            if (next[at(m)] >= 0 && follows[node(m)] < 0) pair_up(m, next, may_pair);
        const auto operand = [&](std::int32_t m, int k) {
            return k < graph[node(m)].count ? member[graph.operand(node(m), k)] : -1;
        };
        if (saved_ < 2 * shuffles(operand, products)) other_ = nobody, saved_ = 0;
    }

    [[nodiscard]] constexpr bool any() const { return saved_ > 0; }
    /// The other one of a pair; −1 if there is none.
    [[nodiscard]] constexpr std::int32_t other(std::int32_t m) const { return other_[at(m)]; }

private:
    static constexpr int least_alike = 4;         // in a row
    static constexpr std::int32_t farthest = 64;  // members from one to the next

    static constexpr std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
    static constexpr bool is_one_instruction(std::int32_t operation) {
        return operation == operation_code<add_op> || operation == operation_code<subtract_op> ||
               operation == operation_code<multiply_op> || operation == operation_code<square_op>;
    }

    /// Which entries of symbols follow others; false if few do.
    template <class Plan>
    static constexpr bool find_entries(const Plan& plan, const planned_step& step, buffer<int>& follows) {
        const std::int32_t first = step.first_address + step.address_count - step.input_count;
        int count = 1;
        for (std::int32_t i = 1; i < step.input_count; ++i) {
            const location here = plan.addresses[at(first + i)];
            if (here.base < first_symbol_base || here.offset == 0) continue;
            for (std::int32_t j = i - 1; j >= 0 && j >= i - 4; --j) {  // they mostly come in order
                const location before = plan.addresses[at(first + j)];
                if (before.base != here.base || before.offset + 1 != here.offset) continue;
                follows[plan.inputs[at(step.first_input + i)]] = plan.inputs[at(step.first_input + j)];
                ++count;
                break;
            }
        }
        return count >= least_alike;
    }
    template <class MayPair>
    constexpr void pair_up(std::int32_t first, const std::array<std::int32_t, Members>& next, MayPair may_pair) {
        int count = 0;
        for (std::int32_t m = first; m >= 0; m = next[at(m)]) ++count;
        if (count < least_alike) return;
        for (std::int32_t m = first; m >= 0 && next[at(m)] >= 0; m = next[at(next[at(m)])]) {
            const std::int32_t second = next[at(m)];
            if (!may_pair(m, second)) continue;
            other_[at(m)] = second;
            other_[at(second)] = m;
            ++saved_;
        }
    }
    [[nodiscard]] constexpr bool is_first(std::int32_t m) const { return other_[at(m)] > m; }
    [[nodiscard]] constexpr bool is_second(std::int32_t m) const { return other_[at(m)] >= 0 && other_[at(m)] < m; }
    /// What the pairs cost: lanes put together or taken apart, and products that their sum takes no more.
    template <class Operand>
    [[nodiscard]] constexpr int shuffles(const Operand& operand, const fused_products<Members>& products) const {
        int count = 0;
        for (std::int32_t m = 0; m < Members; ++m) {
            for (int k = 0; k < 2; ++k) {
                const std::int32_t a = operand(m, k);
                if (a < 0) continue;
                if (is_first(m))
                    count += is_first(a) && other_[at(a)] == operand(other_[at(m)], k) ? 0 : 1;
                else if (!is_second(m))
                    count += is_second(a) ? 1 : 0;
            }
            const std::int32_t sum = products.sum_of(m);
            count += sum >= 0 && (other_[at(m)] < 0) != (other_[at(sum)] < 0) ? 1 : 0;
        }
        return count;
    }

    static constexpr auto nobody = [] {
        std::array<std::int32_t, Members> none{};
        for (std::int32_t& m : none) m = -1;
        return none;
    }();
    std::array<std::int32_t, Members> other_ = nobody;
    int saved_ = 0;
};

}  // namespace chainfold
