// SPDX-License-Identifier: BSL-1.0
#pragma once

// Running a plan.  A small program is written out step by step, so that the compiler sees through all of it; a large
// one is a table of calls, where equal steps share their code.

#include <chainfold/program/step_code.hpp>

namespace chainfold {

template <class P, class T>
class executor {
    static constexpr const auto& plan = P::value;
    static constexpr int bases = first_symbol_base + P::graph().sizes.symbols;
    using state = kernel::tile_state<T>;

    static constexpr std::int64_t most_inlined_work = 4096;
    static constexpr int most_inlined_steps = 32;
    static constexpr bool is_small =
        plan.step_count <= most_inlined_steps && plan.work * plan.tile <= most_inlined_work;

    static constexpr int most_addresses() {
        int most = 1;
        for (const planned_step& s : plan.steps) most = s.address_count > most ? s.address_count : most;
        return most;
    }

    using code = void (*)(T* const*, const state&);
    struct call {
        code run = nullptr;
        std::int32_t first_address = 0;
        std::int32_t address_count = 0;
        bool whole_panel = false;
    };

    // Each code once: the steps that are their own twins.
    static constexpr int distinct_count = [] {
        int count = 0;
        for (std::int32_t i = 0; i < plan.step_count; ++i) count += plan.steps[static_cast<std::size_t>(i)].twin == i;
        return count;
    }();
    static constexpr auto distinct_steps = [] {
        std::array<std::int32_t, static_cast<std::size_t>(distinct_count)> steps{};
        for (std::int32_t i = 0, next = 0; i < plan.step_count; ++i)
            if (plan.steps[static_cast<std::size_t>(i)].twin == i) steps[static_cast<std::size_t>(next++)] = i;
        return steps;
    }();
    template <std::size_t... I>
    static constexpr std::array<code, sizeof...(I)> codes(std::index_sequence<I...>) {
        return {&step_code<P, distinct_steps[I], T>::call...};
    }

    static constexpr int count_of(phase when) {
        int count = 0;
        for (std::int32_t i = 0; i < plan.step_count; ++i)
            count += plan.steps[static_cast<std::size_t>(i)].when == when &&
                     !is_idle(plan.steps[static_cast<std::size_t>(i)]);
        return count;
    }
    template <phase When>
    static constexpr auto table() {
        constexpr auto code_of = codes(std::make_index_sequence<static_cast<std::size_t>(distinct_count)>{});
        std::array<std::int32_t, plan.steps.size()> position{};
        for (std::int32_t i = 0; i < distinct_count; ++i)
            position[static_cast<std::size_t>(distinct_steps[static_cast<std::size_t>(i)])] = i;
        std::array<call, static_cast<std::size_t>(count_of(When))> calls{};
        int next = 0;
        for (std::int32_t i = 0; i < plan.step_count; ++i) {
            const planned_step& step = plan.steps[static_cast<std::size_t>(i)];
            if (step.when == When && !is_idle(step))
                calls[static_cast<std::size_t>(next++)] = {
                    code_of[static_cast<std::size_t>(position[static_cast<std::size_t>(step.twin)])],
                    step.first_address, step.address_count, step.whole_panel};
        }
        return calls;
    }
    static constexpr auto addresses = [] {
        std::array<location, static_cast<std::size_t>(plan.address_total + 1)> used{};
        for (std::int32_t a = 0; a < plan.address_total; ++a)
            used[static_cast<std::size_t>(a)] = plan.addresses[static_cast<std::size_t>(a)];
        return used;
    }();

    [[gnu::always_inline]] static T* address(T* const* base, int a) {
        const location& at = addresses[static_cast<std::size_t>(a)];
        return base[at.base] + at.offset;
    }

    template <std::int32_t Step, int... A>
    [[gnu::always_inline]] static void run_inlined(T* const* base, const state& s, std::integer_sequence<int, A...>) {
        constexpr std::int32_t first = plan.steps[static_cast<std::size_t>(Step)].first_address;
        T* const found[] = {address(base, first + A)...};
        step_code<P, Step, T>::run(found, s);
    }
    template <phase When, std::int32_t... Step>
    [[gnu::always_inline]] static void run_all_inlined(T* const* base, const state& s,
                                                       std::integer_sequence<std::int32_t, Step...>) {
        const auto one = [&]<std::int32_t S>(std::integral_constant<std::int32_t, S>) __attribute__((always_inline)) {
            if constexpr (plan.steps[static_cast<std::size_t>(S)].when == When &&
                          !is_idle(plan.steps[static_cast<std::size_t>(S)]))
                run_inlined<S>(
                    base, s, std::make_integer_sequence<int, plan.steps[static_cast<std::size_t>(S)].address_count>{});
        };
        (one(std::integral_constant<std::int32_t, Step>{}), ...);
    }

    [[gnu::always_inline]] static void run_call(const call& c, T* const* base, std::ptrdiff_t tile, const state& s) {
        T* found[static_cast<std::size_t>(most_addresses())];
        for (std::int32_t a = 0; a < c.address_count; ++a)
            found[a] = address(base, c.first_address + a) +
                       tile * addresses[static_cast<std::size_t>(c.first_address + a)].tile_step;
        c.run(found, s);
    }
    template <phase When>
    static void run_table(T* const* base, const state& s) {
        static constexpr auto calls = table<When>();
        if constexpr (When == phase::tile && plan.panel > 1) {
            for (std::size_t begin = 0, end = 0; begin < calls.size(); begin = end) {
                end = begin + 1;
                if (calls[begin].whole_panel) {
                    run_call(calls[begin], base, 0, s);
                    continue;
                }
                while (end < calls.size() && !calls[end].whole_panel) ++end;
                state of_tile = s;
                for (int tile = 0; tile * plan.tile < s.count; ++tile) {
                    of_tile.count = s.count - tile * plan.tile < plan.tile ? s.count - tile * plan.tile : plan.tile;
                    for (std::size_t c = begin; c < end; ++c) run_call(calls[c], base, tile, of_tile);
                }
            }
        } else {
            for (const call& c : calls) run_call(c, base, 0, s);
        }
    }

    template <phase When>
    [[gnu::always_inline]] static void run_phase(T* const* base, const state& s) {
        if constexpr (is_small)
            run_all_inlined<When>(base, s, std::make_integer_sequence<std::int32_t, plan.step_count>{});
        else
            run_table<When>(base, s);
    }

    static constexpr std::size_t panel = static_cast<std::size_t>(plan.tile * plan.panel);  // samples

    // As many panels in a block as there are blocks, but not fewer than 32.
    static std::size_t samples_of_block(std::size_t samples) {
        std::size_t block = 32;
        while (samples / (block * panel) > block) block *= 2;
        return block * panel;
    }

public:
    /// Runs on `samples` samples (1 without a batch).  base[0] is the workspace, base[1] the outputs, base[2 + s] the
    /// values of symbol s.  `moves[b]` is by how many numbers base b moves from one sample to the next.
    [[gnu::always_inline]] static void run(T** base, [[maybe_unused]] const std::ptrdiff_t* moves,
                                           [[maybe_unused]] std::size_t samples) {
        run_phase<phase::before>(base, state{});
        if constexpr (plan.tile > 1) {
            T* moving[static_cast<std::size_t>(bases)];
            for (int b = 0; b < bases; ++b) moving[b] = base[b];
            state s{static_cast<int>(panel), true, T(1) / static_cast<T>(samples)};
            const std::size_t block = samples_of_block(samples);
            s.in_blocks = samples > block;
            for (std::size_t begin = 0; begin < samples; begin += block, s.first_block = false) {
                const std::size_t end = samples - begin < block ? samples : begin + block;
                s.first = true;
                for (std::size_t done = begin; done < end; done += panel, s.first = false) {
                    if (samples - done < panel) s.count = static_cast<int>(samples - done);
                    s.ends_block = s.in_blocks && end - done <= panel;
                    run_phase<phase::tile>(moving, s);
                    for (int b = 0; b < bases; ++b) moving[b] += moves[b] * static_cast<std::ptrdiff_t>(panel);
                }
            }
        }
        run_phase<phase::after>(base, state{});
    }
};

}  // namespace chainfold
