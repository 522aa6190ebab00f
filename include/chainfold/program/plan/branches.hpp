// SPDX-License-Identifier: BSL-1.0
#pragma once

// Choices by one condition in a group of single numbers.  What only their one side needs is computed when the condition
// says so: a formula for a limit, beside the one for everywhere else, costs nothing there.
//
// A choice may depend on another one.  A member's stage is how many stand one behind another on the way to it; choices
// of one stage, and what only they need, are one branch.

#include <chainfold/program/plan/twins.hpp>

namespace chainfold {

/// Of a member: by which branch, and in which case, it is computed.
struct branch_place {
    static constexpr std::int8_t never = 0, if_true = 1, if_false = 2, always = 3;
    std::int8_t when = never;
    bool is_choice = false;
    std::int32_t branch = -1;
    friend constexpr bool operator==(const branch_place&, const branch_place&) = default;
};

/// Members of a group, and what reads them in it.  `level` is any order that goes up along the way to a member.
template <int Members, class Plan>
class branch_finder {
public:
    constexpr branch_finder(const graph_view& graph, const Plan& plan, const planned_step& step,
                            const buffer<std::int32_t>& member)
        : graph_(graph), plan_(plan), step_(step), member_(member) {}

    /// `is_long` of a member: it is computed with others, always.
    template <class Level, class IsLong>
    constexpr void run(const Level& level, const IsLong& is_long) {
        for (branch_place& place : places_) place = {branch_place::always};
        find_condition();
        if (condition_ < 0) return;
        for (branch_place& place : places_) place = {};
        for (std::int32_t m = 0; m < Members; ++m) {
            std::int32_t& stage = stage_[at(m)];
            for (int i = 0; i < graph_[node(m)].count; ++i)
                if (const std::int32_t o = operand(m, i); o >= 0 && stage_[at(o)] > stage) stage = stage_[at(o)];
            if (is_choice(m)) ++stage;
            if (stage > top_) top_ = stage;
        }
        for (std::int32_t m = Members - 1; m >= 0; --m) {
            branch_place& place = places_[at(m)];
            if (is_choice(m))
                place = {branch_place::always, true, level[at(m)] * (top_ + 1) + stage_[at(m)]};
            else if (is_long(m) || plan_.nodes[static_cast<std::size_t>(node(m))].stored || place.branch < 0)
                place = {branch_place::always};
            if (place.when != branch_place::always) ++apart_;
            for (int i = 0; i < graph_[node(m)].count; ++i)
                if (const std::int32_t o = operand(m, i); o >= 0) use(o, needed_by(m, i));
        }
        if (apart_ >= least_apart) return;
        for (branch_place& place : places_) place = {branch_place::always};
        for (std::int32_t& stage : stage_) stage = 0;
        top_ = 0;
    }

    /// How many stages there are after the first; the stage of a member, and where it is computed.
    [[nodiscard]] constexpr std::int32_t top() const { return top_; }
    [[nodiscard]] constexpr std::int32_t stage(std::int32_t m) const { return stage_[at(m)]; }
    [[nodiscard]] constexpr const branch_place& place(std::int32_t m) const { return places_[at(m)]; }

private:
    static constexpr int least_apart = 64;  // members, for which a processor may now and then guess wrong

    static constexpr std::size_t at(std::int32_t m) { return static_cast<std::size_t>(m); }
    [[nodiscard]] constexpr int node(std::int32_t m) const {
        return plan_.members[static_cast<std::size_t>(step_.first_member + m)];
    }
    [[nodiscard]] constexpr std::int32_t operand(std::int32_t m, int i) const {
        return member_[graph_.operand(node(m), i)];
    }
    [[nodiscard]] constexpr bool is_choice(std::int32_t m) const {
        return graph_[node(m)].operation == operation_code<select_op> && graph_.operand(node(m), 0) == condition_;
    }

    // That of the most choices.
    constexpr void find_condition() {
        int most = 0;
        buffer<int> choices(graph_.node_count);
        for (std::int32_t m = 0; m < Members; ++m) {
            if (graph_[node(m)].operation != operation_code<select_op>) continue;
            const int condition = graph_.operand(node(m), 0);
            if (++choices[condition] <= most) continue;
            most = choices[condition];
            condition_ = condition;
        }
    }

    [[nodiscard]] constexpr branch_place needed_by(std::int32_t m, int i) const {
        branch_place place = places_[at(m)];
        if (place.is_choice && i > 0) place.when = i == 1 ? branch_place::if_true : branch_place::if_false;
        if (place.when == branch_place::always) place.branch = -1;
        place.is_choice = false;
        return place;
    }
    constexpr void use(std::int32_t m, const branch_place& by) {
        branch_place& place = places_[at(m)];
        if (place.when == branch_place::never)
            place = by;
        else if (!(place == by))
            place = {branch_place::always};
    }

    const graph_view graph_;
    const Plan& plan_;
    const planned_step& step_;
    const buffer<std::int32_t>& member_;
    int condition_ = -1;
    std::int32_t top_ = 0, apart_ = 0;
    std::array<std::int32_t, Members> stage_{};
    std::array<branch_place, Members> places_{};
};

}  // namespace chainfold
