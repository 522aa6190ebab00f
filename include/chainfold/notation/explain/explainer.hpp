// SPDX-License-Identifier: BSL-1.0
#pragma once

// From a plan to its explanation.

#include <chainfold/notation/explain/explanation.hpp>
#include <chainfold/notation/explain/lifetimes.hpp>
#include <chainfold/notation/explain/stored_names.hpp>

namespace chainfold {

template <class = void>
class explainer {
public:
    explainer(const graph_view& graph, const plan_view& plan, const asked_for& asked)
        : graph_(graph),
          plan_(plan),
          asked_(asked),
          nodes_(graph, plan),
          costs_(graph, plan),
          names_(graph, stored_names(graph, plan, asked).take(), longest) {}

    explanation run() {
        explanation result;
        result.title = asked_.title;
        result.tile = plan_.tile;
        result.panel = plan_.panel;
        result.is_inline = plan_.is_inline;
        result.in_scalars = is_in_scalars();
        result.workspace_bytes = (std::int64_t{plan_.workspace} + plan_.local) * plan_.number;
        result.output_bytes = std::int64_t{plan_.outputs} * plan_.number;
        std::vector<int> shown(static_cast<std::size_t>(plan_.step_count) + 1);  // by step: its number
        for (int s = 0; s < plan_.step_count; ++s) {
            const planned_step& step = plan_.steps[s];
            if (!is_idle(step)) {
                result.steps.push_back(explained(step));
                (step.when == phase::tile && plan_.tile > 1 ? result.sample : result.once) += result.steps.back().cost;
            }
            shown[static_cast<std::size_t>(s)] = static_cast<int>(result.steps.size());
        }
        name_calls(shown, result);
        for (const tenant& t : lifetimes(graph_, plan_).run())
            result.workspace.push_back({t.is_value ? label(t.node) : "working memory of " + label(t.node),
                                        t.offset * plan_.number, t.size * plan_.number,
                                        std::max(1, shown[static_cast<std::size_t>(t.first)]),
                                        std::max(1, shown[static_cast<std::size_t>(t.last)])});
        return result;
    }

private:
    /// A constant in memory has no name.
    [[nodiscard]] std::string label(int id) { return names_.has_name(id) ? names_.name(id) : names_.formula(id); }

    [[nodiscard]] explained_step explained(const planned_step& step) {
        explained_step e;
        e.when = step.when;
        e.kind = kind_of(step);
        e.computes = formulas(step);
        e.cost = costs_.of(step);
        e.where = where(step);
        if (step.kind == step_kind::group) e.fused = step.member_count;
        return e;
    }

    [[nodiscard]] std::string kind_of(const planned_step& step) const {
        switch (step.kind) {
            case step_kind::load:
                return "load";
            case step_kind::unload:
                return "store";
            case step_kind::accumulate:
                return "mean";
            case step_kind::accumulate_outer:
                return "mean of outer products";
            case step_kind::descend:
                return "descent";
            case step_kind::group:
                if (step.member_count == 1) return graph_[step.node].dims.size() > 1 ? "loop" : "number";
                return (graph_[step.node].dims.size() > 1 ? "loop of " : "numbers, ") +
                       std::to_string(step.member_count) + " fused";
            default:
                break;
        }
        if (const int added = nodes_.added_product(step.node); added >= 0) return product(step, added) + ", +";
        switch (graph_[step.node].operation) {
            case operation_code<product_op>:
                return product(step, step.node);
            case operation_code<outer_op>:
                return "outer product";
            case operation_code<dot_op>:
                return "inner product";
            case operation_code<stack_op>:
                return "put together";
            case operation_code<embed_op>:
                return "put into zeros";
            case operation_code<softmax_op>:
                if (step.second >= 0) return "softmax, log_sum_exp";
                [[fallthrough]];
            default:
                return std::string(rules_of(graph_[step.node].operation).written.text);
        }
    }

    [[nodiscard]] std::string product(const planned_step& step, int id) const {
        if (graph_.operand_dims(id, 1).rank == 2) return "matrix product";
        const bool shared =
            plan_.tile > 1 && plan_[graph_.operand(id, 1)].batched && !plan_[nodes_.read(id, 0)].batched;
        return std::string(nodes_.is_transposed_product(id)         ? "transposed "
                           : nodes_.is_small_triangular_product(id) ? "triangular "
                                                                    : "") +
               "matrix × " + (shared ? std::to_string(plan_.samples(step)) + " vectors" : "vector") +
               (step.second >= 0 ? ", outer product" : "");
    }

    // Every value that has a name; a loop may store several.
    [[nodiscard]] std::vector<std::string> formulas(const planned_step& step) {
        constexpr std::size_t most = 8;
        std::vector<std::string> lines;
        const auto add = [&](int id) {
            if (names_.has_name(id)) lines.push_back(names_.name(id) + " = " + names_.formula(id));
        };
        if (step.kind == step_kind::load) return {names_.name(step.node) + ", entry × sample"};
        if (step.kind == step_kind::unload) return {names_.name(step.node) + ", sample × entry"};
        if (step.kind == step_kind::descend)
            return {moved(step.node) + (moves_at_once(step.node) ? ", where it does not" : "")};
        if (step.kind == step_kind::group)
            for (int m = 0; m < step.member_count; ++m) add(plan_.member(step, m));
        else
            add(step.node);
        if (moves_on_the_way(step))
            lines.push_back(moved(step.second));
        else if (step.second >= 0)
            add(step.second);
        if (moves_at_once(step.node) && plan_[step.node].moves >= 0)
            lines.push_back(moved(step.node) + ", where the batch fits a panel");
        if (lines.size() > most) {
            const std::size_t more = lines.size() - most;
            lines.resize(most);
            lines.push_back("and " + std::to_string(more) + " more");
        }
        return lines;
    }
    /// The outer product beside a product with A or Aᵀ, by which A moves.
    [[nodiscard]] bool moves_on_the_way(const planned_step& step) const {
        return step.second >= 0 && plan_[step.second].is == role::folded;
    }
    /// A mean that moves its symbol where all samples fit a panel.
    [[nodiscard]] bool moves_at_once(int id) const {
        return plan_[id].is == role::accumulated && !plan_.means_in_lanes;
    }
    [[nodiscard]] std::string moved(int id) {
        const std::string v = moved_symbol(id);
        return v + " ← " + v + " − η " + (plan_[id].is == role::folded ? names_.formula(id) : names_.name(id));
    }

    [[nodiscard]] std::string moved_symbol(int id) const {
        return written_name(math_name(graph_.symbols[plan_[id].moves].name));
    }

    [[nodiscard]] std::int64_t place_of(const location& at) const { return plan_.offset(at) * plan_.number; }
    [[nodiscard]] std::string where(const planned_step& step) const {
        if (step.kind == step_kind::descend) return moved_symbol(step.node);
        if (step.kind == step_kind::unload) return "results";
        constexpr int most = 2;
        std::string text;
        int places = 0;
        const auto add = [&](int id) {
            const planned_node& n = plan_[id];
            if (!n.stored) return;
            const std::string place = n.is == role::folded       ? moved_symbol(id)
                                      : n.at.base == output_base ? "results"
                                                                 : "byte " + std::to_string(place_of(n.at));
            if (text.find(place) == std::string::npos && ++places <= most) text += (places > 1 ? ", " : "") + place;
        };
        if (step.kind == step_kind::group)
            for (int m = 0; m < step.member_count; ++m) add(plan_.member(step, m));
        else
            add(step.node);
        if (step.second >= 0) add(step.second);
        return places > most ? text + ", …" : text;
    }

    // Calls and codes are counted as they come.
    void name_calls(const std::vector<int>& shown, explanation& result) const {
        std::vector<int> codes(static_cast<std::size_t>(plan_.unit_count));
        for (int u = 0; u < plan_.unit_count; ++u) {
            const unit_of_steps& unit = plan_.units[u];
            const int before = unit.first > 0 ? shown[static_cast<std::size_t>(unit.first - 1)] : 0;
            const int last = shown[static_cast<std::size_t>(unit.first + unit.count - 1)];
            if (last == before) continue;  // nothing to be done
            int& code = codes[static_cast<std::size_t>(unit.twin)];
            if (code == 0) code = ++result.codes;
            ++result.calls;
            for (int s = before; s < last; ++s) {
                result.steps[static_cast<std::size_t>(s)].call = result.calls;
                result.steps[static_cast<std::size_t>(s)].code = code;
            }
        }
    }

    /// Something larger is bound, and everything computed from it is a number.
    [[nodiscard]] bool is_in_scalars() const {
        bool larger = false;
        for (int id = 0; id < graph_.node_count; ++id) {
            const planned_node& n = plan_[id];
            if (!n.needed) continue;
            if (n.is == role::external)
                larger = larger || graph_[id].dims.rank > 0;
            else if (graph_[id].dims.rank > 0 && graph_[id].operation != operation_code<stack_op>)
                return false;
        }
        return larger;
    }

    static constexpr std::size_t longest = 120;  // bytes of a formula

    const graph_view& graph_;
    const plan_view& plan_;
    const asked_for& asked_;
    plan_reading nodes_;
    cost_counter<> costs_;
    named_formulas<> names_;
};

}  // namespace chainfold
