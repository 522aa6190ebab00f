// SPDX-License-Identifier: BSL-1.0
#pragma once

// Running a plan.  A small program is written out step by step, so that the compiler sees through all of it; a large
// one is a table of calls, where equal steps share their code.

#include <chainfold/program/step_code.hpp>

namespace chainfold {

/// Steps that are called together, and the first unit with the same code.
struct unit_of_steps {
    std::int32_t first = 0;
    std::int32_t count = 0;
    std::int32_t twin = 0;
};

template <class P, class T>
class executor {
    static constexpr const auto& plan = P::value;
    static constexpr int bases = first_symbol_base + P::graph().sizes.symbols;
    using state = kernel::tile_state<T>;

    static constexpr std::int64_t most_inlined_work = 4096;
    static constexpr int most_inlined_steps = 32;

public:
    /// Is the program written out step by step?
    static constexpr bool is_small =
        plan.step_count <= most_inlined_steps && plan.work * plan.tile <= most_inlined_work;

private:

    static constexpr const planned_step& step(std::int32_t i) { return plan.steps[static_cast<std::size_t>(i)]; }
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
    // (A constant: Clang would leave the search to the run.)
    template <std::int32_t First, std::int32_t A>
    static constexpr std::int32_t shared_address = same_address(First, A);
    // The steps from First on, written out one after another; `at` has their addresses.  Where steps share an address
    // they share a pointer, so that the compiler can keep what stands there in a register.
    template <std::int32_t First, std::int32_t S, int... A>
    [[gnu::always_inline]] static void run_step(T* const* p, const state& s, std::integer_sequence<int, A...>) {
        constexpr std::int32_t begin = step(First).first_address, skipped = step(S).first_address - begin;
        if constexpr (!is_idle(step(S))) {
            T* const found[] = {p[shared_address<begin, skipped + A>]...};
            step_code<P, S, T>::run(found, s);
        }
    }
    template <std::int32_t First, std::int32_t... S>
    [[gnu::always_inline]] static void run_steps(const location* at, T* const* base, std::ptrdiff_t tile,
                                                 const state& s, std::integer_sequence<std::int32_t, S...>) {
        constexpr std::int32_t last = First + static_cast<std::int32_t>(sizeof...(S)) - 1;
        [&]<int... A>(std::integer_sequence<int, A...>) __attribute__((always_inline)) {
            T* const p[] = {(base[at[A].base] + at[A].offset + (plan.panel > 1 ? tile * at[A].tile_step : 0))...,
                            nullptr};
            (run_step<First, First + S>(p, s, std::make_integer_sequence<int, step(First + S).address_count>{}), ...);
        }(std::make_integer_sequence<int, step(last).first_address + step(last).address_count -
                                              step(First).first_address>{});
    }

    // A unit is what the table calls: a kernel, or some small steps of one phase up to the end of a loop.  Units with
    // the same code in every step, and the same addresses shared, are twins and have one code.
    using unit = unit_of_steps;
    struct unit_list {
        std::array<unit, plan.steps.size() + 1> units{};
        std::int32_t count = 0;
    };
    static constexpr bool is_light(std::int32_t i) {
        return !step(i).whole_panel && step(i).work * plan.tile <= most_inlined_work;
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

public:
    static constexpr unit_list units = [] {
        unit_list list;
        for (std::int32_t i = 0; i < plan.step_count;) {
            unit& u = list.units[static_cast<std::size_t>(list.count)];
            u = {i, 1, list.count};
            for (; is_light(i) && step(i).kind != step_kind::group && u.count < 6; ++u.count, ++i)
                if (i + 1 == plan.step_count || step(i + 1).when != step(i).when || !is_light(i + 1)) break;
            i = u.first + u.count;
            for (std::int32_t v = list.count - 1; v >= 0 && u.twin == list.count; --v)
                if (are_twins(list.units[static_cast<std::size_t>(v)], u))
                    u.twin = list.units[static_cast<std::size_t>(v)].twin;
            ++list.count;
        }
        return list;
    }();

private:
    using code = void (*)(const location*, T* const*, std::ptrdiff_t, const state&);
    struct call {
        code run = nullptr;
        std::int32_t first_address = 0;
        bool whole_panel = false;
    };
    template <std::int32_t First, std::int32_t Count>
    static void run_unit(const location* at, T* const* base, std::ptrdiff_t tile, const state& s) {
        run_steps<First>(at, base, tile, s, std::make_integer_sequence<std::int32_t, Count>{});
    }
    template <std::int32_t Unit>
    static constexpr code code_of() {
        constexpr unit u = units.units[static_cast<std::size_t>(Unit)];
        if constexpr (u.twin == Unit)
            return &run_unit<u.first, u.count>;
        else
            return nullptr;
    }
    static constexpr auto codes = []<std::int32_t... U>(std::integer_sequence<std::int32_t, U...>) {
        return std::array<code, sizeof...(U)>{code_of<U>()...};
    }(std::make_integer_sequence<std::int32_t, units.count>{});

    static constexpr bool is_called(std::int32_t u, phase when) {
        const planned_step& s = step(units.units[static_cast<std::size_t>(u)].first);
        return s.when == when && !(units.units[static_cast<std::size_t>(u)].count == 1 && is_idle(s));
    }
    static constexpr int count_of(phase when) {
        int count = 0;
        for (std::int32_t u = 0; u < units.count; ++u) count += is_called(u, when);
        return count;
    }
    template <phase When>
    static constexpr auto table() {
        std::array<call, static_cast<std::size_t>(count_of(When))> calls{};
        std::size_t next = 0;
        for (std::int32_t u = 0; u < units.count; ++u) {
            const unit& it = units.units[static_cast<std::size_t>(u)];
            if (is_called(u, When))
                calls[next++] = {codes[static_cast<std::size_t>(it.twin)], step(it.first).first_address,
                                 step(it.first).whole_panel};
        }
        return calls;
    }

    [[gnu::always_inline]] static void run_call(const call& c, T* const* base, std::ptrdiff_t tile, const state& s) {
        c.run(addresses.data() + c.first_address, base, tile, s);
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

    // All steps of one phase, where the program is small.
    template <phase When, std::int32_t... S>
    [[gnu::always_inline]] static void run_inlined(T* const* base, const state& s,
                                                   std::integer_sequence<std::int32_t, S...>) {
        const auto one = [&]<std::int32_t I>(std::integral_constant<std::int32_t, I>) __attribute__((always_inline)) {
            if constexpr (step(I).when == When)
                run_steps<I>(addresses.data() + step(I).first_address, base, 0, s,
                             std::integer_sequence<std::int32_t, 0>{});
        };
        (one(std::integral_constant<std::int32_t, S>{}), ...);
    }

    template <phase When>
    [[gnu::always_inline]] static void run_phase(T* const* base, const state& s) {
        if constexpr (is_small)
            run_inlined<When>(base, s, std::make_integer_sequence<std::int32_t, plan.step_count>{});
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
                                           [[maybe_unused]] std::size_t samples, T rate = T(0)) {
        run_phase<phase::before>(base, state{});
        if constexpr (plan.tile > 1) {
            T* moving[static_cast<std::size_t>(bases)];
            for (int b = 0; b < bases; ++b) moving[b] = base[b];
            state s{static_cast<int>(panel), true, T(1) / static_cast<T>(samples)};
            const std::size_t block = samples_of_block(samples);
            s.in_blocks = samples > block;
            s.at_once = samples <= panel;
            s.rate = rate;
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
        state after;
        after.at_once = plan.tile > 1 && samples <= panel;
        after.rate = rate;
        run_phase<phase::after>(base, after);
    }
};

}  // namespace chainfold
