// SPDX-License-Identifier: BSL-1.0
#pragma once

// Running the steps of a plan, phase by phase.  A small program is written out step by step, so that the compiler sees
// through all of it; a large one is a table of calls, where equal steps share their code.

#include <chainfold/program/step_code.hpp>
#include <chainfold/program/team.hpp>
#include <chainfold/program/unit.hpp>

namespace chainfold {

template <class P, class T>
class executor {
    static constexpr const auto& plan = P::value;
    using split = units_of<P>;
    using unit = typename split::unit;
    static constexpr const auto& units = split::units;
    static constexpr const auto& addresses = split::addresses;
    static constexpr const planned_step& step(std::int32_t i) { return split::step(i); }

public:
    using state = kernel::tile_state<T>;
    static constexpr bool is_small = split::is_small;
    static constexpr bool reads_before_it_writes = split::reads_before_it_writes;

    /// Executes the steps of one phase, `before` and `after` once, `tile` for each panel of samples.  base[0] is the
    /// workspace, base[1] the outputs, base[2] local memory, base[3 + s] the values of symbol s.  A team shares a panel:
    /// every member calls this with its part in the state.
    template <phase When>
    CHAINFOLD_INLINE static void run_phase(T* const* base, const state& s, team* together = nullptr) {
        if constexpr (is_small)
            run_inlined<When>(base, s, std::make_integer_sequence<std::int32_t, plan.step_count>{});
        else
            run_table<When>(base, s, together);
    }

private:
    // Single numbers, so many that they would fill a register of 64 bytes.
    static constexpr bool stores_apart =
        is_small && split::is_of_numbers && plan.outputs * static_cast<int>(sizeof(T)) >= 2 * kernel::bytes_of_store;

    // (A constant: Clang would leave the search to the run.)
    template <std::int32_t First, std::int32_t A>
    static constexpr std::int32_t shared_address = split::same_address(First, A);
    // The steps from First on, written out one after another; `at` has their addresses.  Where steps share an address
    // they share a pointer, so that the compiler can keep what stands there in a register.
    template <std::int32_t First, std::int32_t S, int... A>
    CHAINFOLD_INLINE static void run_step(T* const* p, const state& s, std::integer_sequence<int, A...>) {
        constexpr std::int32_t begin = step(First).first_address, skipped = step(S).first_address - begin;
        if constexpr (!is_idle(step(S))) {
            T* const used[] = {p[shared_address<begin, skipped + A>]...};
            step_code<P, S, T>::run(used, s);
        }
    }
    // `odd` is where the outputs stand, once more.
    template <std::int32_t First, std::int32_t... S>
    CHAINFOLD_INLINE static void run_steps(const location* at, T* const* base, T* odd, std::ptrdiff_t tile,
                                           const state& s, std::integer_sequence<std::int32_t, S...>) {
        const auto begin = [&](const location& l) CHAINFOLD_INLINE {
            return stores_apart && l.base == output_base && kernel::is_in_odd_piece<T>(l.offset) ? odd : base[l.base];
        };
        constexpr std::int32_t last = First + static_cast<std::int32_t>(sizeof...(S)) - 1;
        [&]<int... A>(std::integer_sequence<int, A...>) CHAINFOLD_INLINE {
            T* const p[] = {found(begin(at[A]) + at[A].offset + (plan.panel > 1 ? tile * at[A].tile_step : 0))...,
                            nullptr};
            (run_step<First, First + S>(p, s, std::make_integer_sequence<int, step(First + S).address_count>{}), ...);
        }(std::make_integer_sequence<int, step(last).first_address + step(last).address_count -
                                              step(First).first_address>{});
    }

    // A pointer on its own.  (g++ would find all addresses of a unit in vectors, and take them out one by one.)
    CHAINFOLD_INLINE static T* found(T* address) {
        if constexpr (!is_small) asm("" : "+r"(address));
        return address;
    }

    using code = void (*)(const location*, T* const*, std::ptrdiff_t, const state&);
    struct call {
        code run = nullptr;
        std::int32_t first_address = 0;
        bool whole_panel = false;
        bool is_mean = false;
    };
    template <std::int32_t First, std::int32_t Count>
    static void run_unit(const location* at, T* const* base, std::ptrdiff_t tile, const state& s) {
        run_steps<First>(at, base, base[output_base], tile, s, std::make_integer_sequence<std::int32_t, Count>{});
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

    static constexpr bool is_mean(const planned_step& s) {
        return s.kind == step_kind::accumulate || s.kind == step_kind::accumulate_outer;
    }
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
                                 step(it.first).whole_panel, is_mean(step(it.first))};
        }
        return calls;
    }

    CHAINFOLD_INLINE static void run_call(const call& c, T* const* base, std::ptrdiff_t tile, const state& s) {
        c.run(addresses.data() + c.first_address, base, tile, s);
    }
    static void run_calls(const call* begin, const call* end, T* const* base, const state& s) {
        for (const call* c = begin; c != end; ++c) run_call(*c, base, 0, s);
    }
    // Some calls, one tile after another.
    static void run_tiles(const call* begin, const call* end, T* const* base, const state& s) {
        const int tiles = (s.count + plan.tile - 1) / plan.tile;
        state of_tile = s;
        for (int tile = s.begin(tiles); tile < s.end(tiles); ++tile) {
            of_tile.count = s.count - tile * plan.tile < plan.tile ? s.count - tile * plan.tile : plan.tile;
            for (const call* c = begin; c != end; ++c) run_call(*c, base, tile, of_tile);
        }
    }
    // Before a next run of calls begins, all members of a team have ended the one before it: what it read may be
    // overwritten, in another layout.
    static void run_panel(const call* next, const call* last, T* const* base, const state& s, team* together) {
        while (next != last) {
            const call* const begin = next++;
            if (begin->is_mean)
                next = last;  // means come last, and none reads another
            else if (!begin->whole_panel)
                while (next != last && !next->whole_panel) ++next;
            begin->whole_panel ? run_calls(begin, next, base, s) : run_tiles(begin, next, base, s);
            if (together == nullptr) continue;
            together->meet();
            if (begin->is_mean && s.ends_block && s.part == 0) {
                state sum = s;
                sum.sums_up = true;
                run_calls(begin, next, base, sum);
            }
        }
    }
    template <phase When>
    static void run_table(T* const* base, const state& s, [[maybe_unused]] team* together) {
        static constexpr auto calls = table<When>();
        if constexpr (When == phase::tile && plan.panel > 1)
            run_panel(calls.data(), calls.data() + calls.size(), base, s, together);
        else
            run_calls(calls.data(), calls.data() + calls.size(), base, s);
    }

    // All steps of one phase, where the program is small.
    template <phase When, std::int32_t... S>
    CHAINFOLD_INLINE static void run_inlined(T* const* base, const state& s,
                                             std::integer_sequence<std::int32_t, S...>) {
        T* const odd = stores_apart ? kernel::apart(base[output_base]) : nullptr;
        const auto one = [&]<std::int32_t I>(std::integral_constant<std::int32_t, I>) CHAINFOLD_INLINE {
            if constexpr (step(I).when == When)
                run_steps<I>(addresses.data() + step(I).first_address, base, odd, 0, s,
                             std::integer_sequence<std::int32_t, 0>{});
        };
        (one(std::integral_constant<std::int32_t, S>{}), ...);
    }
};

}  // namespace chainfold
