// SPDX-License-Identifier: BSL-1.0
#pragma once

// How a plan's steps become code: written out whole, where they are few and small, or as units, which a table calls.

#include <array>

#include <chainfold/program/plan/make_plan.hpp>

namespace chainfold {

/// Steps that are called together, and the first unit with the same code.
struct unit_of_steps {
    std::int32_t first = 0;
    std::int32_t count = 0;
    std::int32_t twin = 0;
};

template <class P>
class units_of {
    static constexpr const auto& plan = P::value;

public:
    static constexpr std::int64_t most_inlined_work = 4096;
    static constexpr std::int64_t most_inlined_work_of_one_sample = 32768;
    static constexpr int most_inlined_steps = 32;
    static constexpr std::int64_t most_work_of_short_steps = 512;
    static constexpr int few_steps = 6;  // of one sample: loops of any length
    /// Is the program written out step by step?
    static constexpr bool is_small =
        (plan.step_count <= most_inlined_steps &&
         plan.work * plan.tile <= (plan.tile == 1 ? most_inlined_work_of_one_sample : most_inlined_work)) ||
        (plan.step_count <= few_steps && plan.tile == 1);

    static constexpr const planned_step& step(std::int32_t i) { return plan.steps[static_cast<std::size_t>(i)]; }

    /// Does the program, of one sample, compute single numbers only, and put them together?
    static constexpr bool is_of_numbers = [] {
        const graph_view graph = P::graph().view();
        const reading<const std::remove_cvref_t<decltype(plan)>> nodes(graph, plan);
        for (std::int32_t i = 0; i < plan.step_count; ++i) {
            const bool puts_together = nodes.template is<stack_op>(step(i).node) && step(i).kind == step_kind::kernel;
            const bool computes = step(i).kind == step_kind::group && nodes.loop_size(step(i).node) == 1;
            if (step(i).when == phase::tile || !(puts_together || computes)) return false;
        }
        return true;
    }();
    /// Is a symbol read before anything is written to the outputs, or by the step that writes there first, if that
    /// computes single numbers, all of which it reads before?  Then it may be one of the last results.
    static constexpr bool is_read_first(hash_value key) {
        const graph_view graph = P::graph().view();
        const reading<const std::remove_cvref_t<decltype(plan)>> nodes(graph, plan);
        bool writes = false;
        for (std::int32_t i = 0; i < plan.step_count; ++i) {
            bool reads = false, writes_here = false;
            for (std::int32_t a = step(i).first_address; a < step(i).first_address + step(i).address_count; ++a) {
                const std::int32_t base = plan.addresses[static_cast<std::size_t>(a)].base;
                const std::int32_t symbol = base - first_symbol_base;
                reads = reads || (symbol >= 0 && symbol < graph.symbol_count && graph.symbols[symbol].key == key);
                writes_here = writes_here || base == output_base;
            }
            const bool of_numbers = step(i).kind == step_kind::group && nodes.loop_size(step(i).node) == 1;
            if (reads && (writes || (writes_here && !of_numbers))) return false;
            writes = writes || writes_here;
        }
        return plan.tile == 1;
    }
    static constexpr auto addresses = [] {
        std::array<location, static_cast<std::size_t>(plan.address_total + 1)> used{};
        for (std::int32_t a = 0; a < plan.address_total; ++a)
            used[static_cast<std::size_t>(a)] = plan.addresses[static_cast<std::size_t>(a)];
        return used;
    }();

    // The first of the addresses from `first` on that is the same as address a of these.
    static constexpr std::int32_t same_address(std::int32_t first, std::int32_t a) {
        std::int32_t b = 0;
        while (addresses[static_cast<std::size_t>(first + b)] != addresses[static_cast<std::size_t>(first + a)]) ++b;
        return b;
    }

    // A unit is what the table calls: a kernel, or some small steps of one phase up to the end of a loop, or, where they
    // are short, of a second one: a layer's result goes to the next in a register.  Units with
    // the same code in every step, and the same addresses shared, are twins and have one code.
    using unit = unit_of_steps;
    struct unit_list {
        unit units[std::size(plan.steps) + 1]{};
        std::int32_t count = 0;
    };
    static constexpr bool is_light(std::int32_t i) {
        return !step(i).whole_panel && step(i).work * plan.tile <= most_inlined_work;
    }
    // Steps of one sample that take no longer than what each hands to the next through memory is waited for.
    static constexpr bool is_short(std::int32_t begin, std::int32_t end) {
        for (std::int32_t i = begin; i < end; ++i)
            if (step(i).work > most_work_of_short_steps) return false;
        return plan.tile == 1;
    }
    static constexpr bool are_twins(const unit& a, const unit& b) {
        if (a.count != b.count) return false;
        for (std::int32_t i = 0; i < a.count; ++i)
            if (step(a.first + i).twin != step(b.first + i).twin) return false;
        const std::int32_t begin = step(a.first).first_address, other = step(b.first).first_address;
        const planned_step& last = step(a.first + a.count - 1);
        for (std::int32_t i = 0; begin + i < last.first_address + last.address_count; ++i)
            if (same_address(begin, i) != same_address(other, i)) return false;
        return true;
    }
    static constexpr unit_list units = [] {
        unit_list list;
        for (std::int32_t i = 0; i < plan.step_count;) {
            unit& u = list.units[static_cast<std::size_t>(list.count)];
            u = {i, 1, list.count};
            for (int loops = 0; is_light(i) && u.count < 6; ++u.count, ++i) {
                loops += step(i).kind == step_kind::group;
                if (loops > (is_short(u.first, i + 1) ? 1 : 0)) break;
                if (i + 1 == plan.step_count || step(i + 1).when != step(i).when || !is_light(i + 1)) break;
            }
            i = u.first + u.count;
            for (std::int32_t v = list.count - 1; v >= 0 && u.twin == list.count; --v)
                if (are_twins(list.units[static_cast<std::size_t>(v)], u))
                    u.twin = list.units[static_cast<std::size_t>(v)].twin;
            ++list.count;
        }
        return list;
    }();
};

}  // namespace chainfold
