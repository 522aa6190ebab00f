// SPDX-License-Identifier: BSL-1.0
#pragma once

// The order in which a group of single numbers is computed.  A function that takes long (exp, log, sin …) costs as much
// for one number as for a register of them.  So those that do not wait for each other are computed side by side, in the
// lanes of a register; and two of one argument that share most of their work (a pair) are one computation.
//
// A member's level is how many such functions stand one behind another on the way to it.  A function with a companion
// further on, before anybody needs its result, waits for it.

#include <chainfold/program/plan/alike.hpp>
#include <chainfold/program/plan/branches.hpp>
#include <chainfold/program/plan/fused_products.hpp>
#include <chainfold/program/plan/scalar_order.hpp>

namespace chainfold {

/// Lanes: how many numbers fit a register.  `pairs_up`: members that are alike stand side by side, too.
template <int Members, class Plan>
class scalar_order_finder {
public:
    constexpr scalar_order_finder(const graph_view& graph, const Plan& plan, const planned_step& step, int lanes,
                                  bool pairs_up)
        : graph_(graph), plan_(plan), step_(step), lanes_(lanes), pairs_up_(pairs_up), alike_(graph, plan, step) {}

    constexpr scalar_order<Members> run() {
        buffer<std::int32_t> member(graph_.node_count, -1);
        for (std::int32_t m = 0; m < Members; ++m) member[node(m)] = m;
        member_ = &member;
        find_pairs();
        find_levels();
        if (top_ > 1) wait();
        if (top_ > 0) sink();
        branch_finder<Members, Plan> branches(graph_, plan_, step_, member);
        branches.run(level_, [&](std::int32_t m) { return is_long(m); });
        products_.find(graph_, plan_, step_, member);
        if (pairs_up_)
            alike_.find(member, products_, [&](std::int32_t a, std::int32_t b) {
                return is_in(a, level_[at(b)], branches.stage(b), branches) &&
                       is_in(b, level_[at(b)], branches.stage(b), branches);
            });
        write_out(branches);
        return order_;
    }

private:
    [[nodiscard]] constexpr int node(std::int32_t m) const {
        return plan_.members[static_cast<std::size_t>(step_.first_member + m)];
    }
    [[nodiscard]] constexpr std::int32_t operation(std::int32_t m) const { return graph_[node(m)].operation; }
    [[nodiscard]] constexpr bool is_long(std::int32_t m) const {
        return takes_long(operation(m));
    }
    /// The member that computes an operand; -1 if none does.
    [[nodiscard]] constexpr std::int32_t operand(std::int32_t m, int i) const {
        return (*member_)[graph_.operand(node(m), i)];
    }

    // sin x and cos x;  erfc x and e^(-x²), which is a factor of its derivative
    [[nodiscard]] constexpr bool are_pair(std::int32_t a, std::int32_t b) const {
        const int x = graph_.operand(node(a), 0), y = graph_.operand(node(b), 0);
        if (operation(a) == operation_code<sin_op>) return operation(b) == operation_code<cos_op> && x == y;
        if (operation(a) != operation_code<erfc_op> || operation(b) != operation_code<exp_op>) return false;
        if (graph_[y].operation != operation_code<negate_op>) return false;
        const int square = graph_.operand(y, 0);
        return graph_[square].operation == operation_code<square_op> && graph_.operand(square, 0) == x;
    }
    constexpr void find_pairs() {
        for (std::int32_t m = 0; m < Members; ++m)
            if (is_long(m)) long_.push(m);
        for (std::int32_t i = 0; i < long_.size(); ++i)
            for (std::int32_t j = 0; j < long_.size(); ++j)
                if (partner_[at(long_[i])] < 0 && partner_[at(long_[j])] < 0 && are_pair(long_[i], long_[j])) {
                    partner_[at(long_[i])] = long_[j];
                    partner_[at(long_[j])] = long_[i];
                    is_second_[at(long_[j])] = true;
                }
    }
    static constexpr std::size_t at(std::int32_t m) { return static_cast<std::size_t>(m); }

    // Members of a pair have one argument, and so one level.
    constexpr void find_levels() {
        top_ = 0;
        for (std::int32_t m = 0; m < Members; ++m) {
            std::int32_t level = 0;
            for (int i = 0; i < graph_[node(m)].count; ++i)
                if (const std::int32_t o = operand(m, i); o >= 0 && level_[at(o)] > level) level = level_[at(o)];
            if (is_long(m)) level = level + 1 > waits_[at(m)] ? level + 1 : waits_[at(m)];
            level_[at(m)] = level;
            if (level > top_) top_ = level;
        }
    }

    [[nodiscard]] constexpr bool same_function(std::int32_t a, std::int32_t b) const {
        return operation(a) == operation(b) && (partner_[at(a)] < 0) == (partner_[at(b)] < 0);
    }
    constexpr void wait() {
        std::array<std::int32_t, Members> latest{};
        for (std::int32_t& l : latest) l = top_;
        for (std::int32_t m = Members - 1; m >= 0; --m)
            for (int i = 0; i < graph_[node(m)].count; ++i) {
                const std::int32_t limit = is_long(m) ? level_[at(m)] - 1 : latest[at(m)], o = operand(m, i);
                if (o >= 0 && limit < latest[at(o)]) latest[at(o)] = limit;
            }
        for (std::int32_t i = 0; i < long_.size(); ++i) {
            const std::int32_t m = long_[i], partner = partner_[at(m)];
            std::int32_t limit = latest[at(m)], next = limit + 1;
            if (partner >= 0 && latest[at(partner)] < limit) limit = latest[at(partner)];
            for (std::int32_t j = 0; j < long_.size(); ++j)
                if (j != i && same_function(m, long_[j]) && level_[at(long_[j])] >= level_[at(m)] &&
                    level_[at(long_[j])] < next)
                    next = level_[at(long_[j])];
            if (next > limit) continue;
            waits_[at(m)] = next;
            if (partner >= 0) waits_[at(partner)] = next;
        }
        find_levels();
    }

    [[nodiscard]] constexpr bool is_quotient(std::int32_t m) const {
        return operation(m) == operation_code<divide_op> || operation(m) == operation_code<reciprocal_op> ||
               operation(m) == operation_code<sqrt_op>;
    }
    // What is computed from little is computed when somebody needs it: it would wait in a register.
    constexpr void sink() {
        std::array<std::int32_t, Members> first_use{};
        for (std::int32_t& level : first_use) level = top_;
        std::array<bool, Members> is_used{};
        for (std::int32_t m = Members - 1; m >= 0; --m) {
            if (!is_long(m) && !is_quotient(m) && is_used[at(m)]) level_[at(m)] = first_use[at(m)];
            const std::int32_t limit = is_long(m) ? level_[at(m)] - 1 : level_[at(m)];
            for (int i = 0; i < graph_[node(m)].count; ++i)
                if (const std::int32_t o = operand(m, i); o >= 0) {
                    is_used[at(o)] = true;
                    if (limit < first_use[at(o)]) first_use[at(o)] = limit;
                }
        }
    }

    using branch_places = branch_finder<Members, Plan>;
    // Level by level: first the functions, those that are the same side by side, then what needs them, stage by stage.
    constexpr void write_out(const branch_places& branches) {
        std::array<bool, Members> done{};
        for (std::int32_t level = 0; level <= top_; ++level) {
            for (std::int32_t i = 0; i < long_.size(); ++i) {
                const std::int32_t first = long_[i];
                if (level_[at(first)] != level || is_second_[at(first)] || done[at(first)]) continue;
                const std::int32_t begin = order_.count;
                for (std::int32_t j = i; j < long_.size() && order_.count - begin < lanes_; ++j) {
                    const std::int32_t m = long_[j];
                    if (level_[at(m)] != level || is_second_[at(m)] || done[at(m)] || !same_function(first, m)) continue;
                    done[at(m)] = true;
                    order_.items[at(order_.count++)] = {m, partner_[at(m)], 1};
                }
                order_.items[at(begin)].together = order_.count - begin;
            }
            for (std::int32_t stage = 0; stage <= branches.top(); ++stage) {
                if (stage > 0) write_branch(branches, level * (branches.top() + 1) + stage);
                for (std::int32_t m = 0; m < Members; ++m)
                    if (is_in(m, level, stage, branches)) visit(m, level, stage, branches);
            }
        }
    }
    [[nodiscard]] constexpr bool is_in(std::int32_t m, std::int32_t level, std::int32_t stage,
                                       const branch_places& branches) const {
        return level_[at(m)] == level && branches.stage(m) == stage && !is_long(m) &&
               branches.place(m) == branch_place{branch_place::always};
    }
    // What needs one of a pair may come before the other: so a pair is added as soon as one of it would be, behind all
    // that it needs.  (That is of less depth, so that this ends.)
    constexpr void visit(std::int32_t m, std::int32_t level, std::int32_t stage, const branch_places& branches) {
        if (!alike_.any()) return add(m, branches);
        if (is_added_[at(m)]) return;
        is_added_[at(m)] = true;
        const std::int32_t other = alike_.other(m);
        if (other >= 0) is_added_[at(other)] = true;
        for (const std::int32_t one : {m, other})
            for (int i = 0; one >= 0 && i < graph_[node(one)].count; ++i)
                if (const std::int32_t o = operand(one, i); o >= 0 && is_in(o, level, stage, branches))
                    visit(o, level, stage, branches);
        if (other < 0) return add(m, branches);
        add(m < other ? m : other);
        order_.items[at(order_.count - 1)].together = 2;
        add(m < other ? other : m);
    }
    /// Is a member a product that is computed with the sum that needs it?
    [[nodiscard]] constexpr bool is_fused(std::int32_t m, const branch_places& branches) const {
        const std::int32_t sum = products_.sum_of(m);
        return sum >= 0 && alike_.other(m) < 0 && alike_.other(sum) < 0 && level_[at(sum)] == level_[at(m)] &&
               branches.stage(sum) == branches.stage(m) && branches.place(sum) == branches.place(m);
    }
    constexpr void add(std::int32_t m) { order_.items[at(order_.count++)] = {m, -1, 1}; }
    constexpr void add(std::int32_t m, const branch_places& branches) {
        if (is_fused(m, branches)) return;
        for (const std::int32_t product : products_.in(m))
            if (product >= 0 && is_fused(product, branches)) add(product);
        add(m);
        const std::int32_t first = products_.in(m)[0];
        if (first >= 0 && is_fused(first, branches)) order_.items[at(order_.count - 1)].product = first;
    }
    constexpr void write_branch(const branch_places& branches, std::int32_t number) {
        scalar_branch b{order_.count};
        for (const std::int8_t when : {branch_place::if_true, branch_place::if_false, branch_place::always}) {
            std::int32_t& count = when == branch_place::if_true    ? b.if_true
                                  : when == branch_place::if_false ? b.if_false
                                                                   : b.choices;
            const std::int32_t before = order_.count;
            for (std::int32_t m = 0; m < Members; ++m)
                if (branches.place(m).when == when && branches.place(m).branch == number) add(m, branches);
            count = order_.count - before;
        }
        if (b.choices > 0) order_.branches[at(order_.branch_count++)] = b;
    }

    const graph_view graph_;
    const Plan& plan_;
    const planned_step& step_;
    int lanes_;
    bool pairs_up_;
    const buffer<std::int32_t>* member_ = nullptr;
    buffer<std::int32_t> long_;
    std::array<std::int32_t, Members> level_{}, waits_{}, partner_ = [] {
        std::array<std::int32_t, Members> none{};
        for (std::int32_t& p : none) p = -1;
        return none;
    }();
    std::array<bool, Members> is_second_{};
    fused_products<Members> products_;
    alike_members<Members, Plan> alike_;
    std::array<bool, Members> is_added_{};
    std::int32_t top_ = 0;
    scalar_order<Members> order_;
};

}  // namespace chainfold
