// SPDX-License-Identifier: BSL-1.0
#pragma once

// Members of a group of single numbers that do the same with entries that follow one another, as in the second
// derivatives of a sum over neighbours: 2 x[0] + x[1], 2 x[1] + x[2], …, among zeros.  Two of them are one operation on
// the two lanes of a register.  (Where the results lie side by side, compilers find as many as fill their registers,
// and are left to it.)
//
// A member follows another if each of its operands follows the other's: an entry the one before it, a member the one
// that it follows, a constant any constant, and anything itself.

#include <array>

#include <chainfold/program/plan/fused_products.hpp>

namespace chainfold {

/// Among the members of a group.
template <int Members, class Plan>
class alike_members {
public:
    constexpr alike_members(const graph_view& graph, const Plan& plan, const planned_step& step)
        : graph_(graph), plan_(plan), step_(step) {}

    /// `member` of a node: which member computes it.  `may_pair` of two members: neither waits for what comes later.
    template <class MayPair>
    constexpr void find(const buffer<std::int32_t>& member, const fused_products<Members>& products, MayPair may_pair) {
        buffer<int> follows(graph_.node_count, -1);
        if (!find_entries(follows)) return;
        find_chains(member, follows);
        find_side_by_side(member, follows);
        for (std::int32_t m = 0; m < Members; ++m)
            if (next_[at(m)] >= 0 && follows[node(m)] < 0) pair_up(m, may_pair);
        if (saved_ < least_gain * shuffles(member, products)) other_ = nobody, saved_ = 0;
    }

    [[nodiscard]] constexpr bool any() const { return saved_ > 0; }
    /// The other one of a pair; −1 if there is none.  Neither of the two depends on the other.
    [[nodiscard]] constexpr std::int32_t other(std::int32_t m) const { return other_[at(m)]; }

private:
    static constexpr int least_alike = 4;  // in a row
    static constexpr int least_gain = 2;   // operations saved for each shuffle: a shuffle is waited for, too

    static constexpr std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }
    [[nodiscard]] constexpr int node(std::int32_t m) const { return plan_.members[at(step_.first_member + m)]; }
    [[nodiscard]] constexpr bool is_constant(int id) const { return plan_.nodes[at(id)].is == role::immediate; }
    static constexpr bool is_one_instruction(std::int32_t operation) {
        return operation == operation_code<add_op> || operation == operation_code<subtract_op> ||
               operation == operation_code<multiply_op> || operation == operation_code<square_op>;
    }

    /// Which entry of a symbol follows which; false if few do.
    constexpr bool find_entries(buffer<int>& follows) const {
        const std::int32_t first = step_.first_address + step_.address_count - step_.input_count;
        int count = 1;
        for (std::int32_t i = 1; i < step_.input_count; ++i) {
            const location here = plan_.addresses[at(first + i)];
            if (here.base < first_symbol_base || here.offset == 0) continue;
            for (std::int32_t j = i - 1; j >= 0 && j >= i - 4; --j) {  // they mostly come in order
                const location before = plan_.addresses[at(first + j)];
                if (before.base != here.base || before.offset + 1 != here.offset) continue;
                follows[plan_.inputs[at(step_.first_input + i)]] = plan_.inputs[at(step_.first_input + j)];
                ++count;
                break;
            }
        }
        return count >= least_alike;
    }

    [[nodiscard]] constexpr bool may_follow(int id, int earlier, const buffer<int>& follows) const {
        bool moves_on = false;
        for (int k = 0; k < graph_[id].count; ++k) {
            const int a = graph_.operand(earlier, k), b = graph_.operand(id, k);
            if (follows[b] == a)
                moves_on = true;
            else if (a != b && !(is_constant(a) && is_constant(b)))
                return false;
        }
        return moves_on;
    }
    /// Which member follows which.  What a member may follow reads what one of its operands follows: so the latest
    /// readers of each node, one behind another, are all that is looked at.
    constexpr void find_chains(const buffer<std::int32_t>& member, buffer<int>& follows) {
        buffer<std::int32_t> latest(2 * graph_.node_count, -1);
        std::array<std::int32_t, 2 * Members> before{};
        std::array<std::int32_t, Members> depth{};  // members of one depth do not depend on each other
        const auto search = [&](std::int32_t m, int k, int of) {
            const int id = node(m);
            int left = most_readers;
            for (std::int32_t i = latest[2 * of + k]; i >= 0 && left-- > 0; i = before[at(2 * i + k)])
                if (next_[at(i)] < 0 && depth[at(i)] == depth[at(m)] &&
                    graph_[node(i)].operation == graph_[id].operation && may_follow(id, node(i), follows)) {
                    next_[at(i)] = m;
                    follows[id] = node(i);
                    return;
                }
        };
        for (std::int32_t m = 0; m < Members; ++m) {
            const int id = node(m), count = graph_[id].count;
            for (int k = 0; k < count; ++k)
                if (const std::int32_t o = member[graph_.operand(id, k)]; o >= 0 && depth[at(o)] >= depth[at(m)])
                    depth[at(m)] = depth[at(o)] + 1;
            if (!is_one_instruction(graph_[id].operation)) continue;
            for (int k = 0; k < count && follows[id] < 0; ++k)
                if (const int of = follows[graph_.operand(id, k)]; of >= 0) search(m, k, of);
            for (int k = 0; k < count; ++k) {
                std::int32_t& reader = latest[2 * graph_.operand(id, k) + k];
                before[at(2 * m + k)] = reader;
                reader = m;
            }
        }
    }

    [[nodiscard]] constexpr bool lie_side_by_side(int id, int follower) const {
        const planned_node &a = plan_.nodes[at(id)], &b = plan_.nodes[at(follower)];
        return a.stored && b.stored && a.at.base == b.at.base && a.at.offset + 1 == b.at.offset;
    }
    /// Members whose results lie side by side in memory, and what only such members need.
    constexpr void find_side_by_side(const buffer<std::int32_t>& member, const buffer<int>& follows) {
        std::array<bool, Members> is_needed{}, is_needed_apart{};
        for (std::int32_t m = Members - 1; m >= 0; --m) {
            const int id = node(m);
            side_by_side_[at(m)] = (next_[at(m)] >= 0 && lie_side_by_side(id, node(next_[at(m)]))) ||
                                   (follows[id] >= 0 && lie_side_by_side(follows[id], id)) ||
                                   (!plan_.nodes[at(id)].stored && is_needed[at(m)] && !is_needed_apart[at(m)]);
            for (int k = 0; k < graph_[id].count; ++k)
                if (const std::int32_t o = member[graph_.operand(id, k)]; o >= 0) {
                    is_needed[at(o)] = true;
                    if (!side_by_side_[at(m)]) is_needed_apart[at(o)] = true;
                }
        }
    }

    template <class MayPair>
    constexpr void pair_up(std::int32_t first, MayPair may_pair) {
        int count = 0;
        for (std::int32_t m = first; m >= 0; m = next_[at(m)]) ++count;
        if (count < least_alike) return;
        for (std::int32_t m = first; m >= 0 && next_[at(m)] >= 0; m = next_[at(next_[at(m)])]) {
            const std::int32_t second = next_[at(m)];
            if ((side_by_side_[at(m)] && side_by_side_[at(second)]) || !may_pair(m, second)) continue;
            other_[at(m)] = second;
            other_[at(second)] = m;
            ++saved_;
        }
    }
    [[nodiscard]] constexpr bool is_first(std::int32_t m) const { return other_[at(m)] > m; }
    [[nodiscard]] constexpr bool is_second(std::int32_t m) const { return other_[at(m)] >= 0 && other_[at(m)] < m; }
    /// What the pairs cost: lanes put together or taken apart, and products that are no more one instruction with
    /// their sum.
    [[nodiscard]] constexpr int shuffles(const buffer<std::int32_t>& member,
                                         const fused_products<Members>& products) const {
        int count = 0;
        for (std::int32_t m = 0; m < Members; ++m) {
            for (int k = 0; k < graph_[node(m)].count; ++k) {
                const std::int32_t a = member[graph_.operand(node(m), k)];
                if (a < 0) continue;
                if (is_first(m))
                    count += is_first(a) && other_[at(a)] == member[graph_.operand(node(other_[at(m)]), k)] ? 0 : 1;
                else if (!is_second(m))
                    count += is_second(a) ? 1 : 0;
            }
            const std::int32_t sum = products.sum_of(m);
            count += sum >= 0 && (other_[at(m)] < 0) != (other_[at(sum)] < 0) ? 1 : 0;
        }
        return count;
    }

    static constexpr int most_readers = 64;  // of one node
    static constexpr auto nobody = [] {
        std::array<std::int32_t, Members> none{};
        for (std::int32_t& m : none) m = -1;
        return none;
    }();
    const graph_view graph_;
    const Plan& plan_;
    const planned_step& step_;
    std::array<std::int32_t, Members> next_ = nobody, other_ = nobody;  // that follows a member; of a pair
    std::array<bool, Members> side_by_side_{};
    int saved_ = 0;
};

}  // namespace chainfold
