// SPDX-License-Identifier: BSL-1.0
#pragma once

// Running the steps of a plan, phase by phase.  A small program is written out step by step, so that the compiler sees
// through all of it; a large one is a table of calls, where equal steps share their code.

#include <chainfold/program/samples_ahead.hpp>
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
    static constexpr bool is_read_first(hash_value symbol) { return split::is_read_first(symbol); }

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

    static constexpr std::int32_t address_count(std::int32_t first, std::int32_t count) {
        const planned_step& last = step(first + count - 1);
        return last.first_address + last.address_count - step(first).first_address;
    }
    // A pointer on its own.  (g++ would find all addresses of a unit in vectors, and take them out one by one.)
    CHAINFOLD_INLINE static T* found(const location& at, T* const* base, std::ptrdiff_t tile) {
        T* address = base[at.base] + at.offset + (plan.panel > 1 ? tile * at.tile_step : 0);
        asm("" : "+r"(address));
        return address;
    }
    // The addresses of a unit.  With one sample they are found where they are used, beside what waits for the step
    // before; with a tile of them that does not matter, and code that all units share is compiled sooner.
    template <int... A>
    CHAINFOLD_INLINE static void find(T** p, const location* at, T* const* base, std::ptrdiff_t tile) {
        if constexpr (plan.tile == 1) {  // (A fold would do, but compilers bound its length.)
            const bool all[] = {(p[A] = found(at[A], base, tile), true)..., true};
            (void)all;
        } else {
            find_all(p, sizeof...(A), at, base, tile);
        }
    }
    [[gnu::noinline]] static void find_all(T** p, int count, const location* at, T* const* base, std::ptrdiff_t tile) {
        for (int a = 0; a < count; ++a) p[a] = found(at[a], base, tile);
    }

    using code = void (*)(const location*, T* const*, std::ptrdiff_t, const state&);
    struct call {
        code run = nullptr;
        std::int32_t first_address = 0;
        bool whole_panel = false;
        bool is_mean = false;
    };
    // Count steps from First on, written out one after another.  Where they share an address they share a pointer, so
    // that the compiler can keep what stands there in a register.
    template <std::int32_t First, class Steps, class Addresses>
    struct unit_code;
    template <std::int32_t First, std::int32_t... S, int... A>
    struct unit_code<First, std::integer_sequence<std::int32_t, S...>, std::integer_sequence<int, A...>> {
        static constexpr std::int32_t begin = step(First).first_address;
        static void run(const location* at, T* const* base, std::ptrdiff_t tile, const state& s) {
            T* all[sizeof...(A) + 1];
            find<A...>(all, at, base, tile);
            T* const p[] = {all[shared_address<begin, A>]..., nullptr};
            (step_code<P, First + S, T>::run(p + (step(First + S).first_address - begin), s), ...);
        }
    };
    template <std::int32_t First, std::int32_t Count>
    using code_of_steps = unit_code<First, std::make_integer_sequence<std::int32_t, Count>,
                                    std::make_integer_sequence<int, address_count(First, Count)>>;
    template <std::int32_t Unit>
    static constexpr code code_of() {
        constexpr unit u = units.units[static_cast<std::size_t>(Unit)];
        if constexpr (u.twin == Unit)
            return &code_of_steps<u.first, u.count>::run;
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

    // Some calls for one tile.  Samples of tile `next` are brought near meanwhile, some before each call: more at once
    // would be waited for.
    static constexpr std::ptrdiff_t no_tile = -1;
    [[gnu::noinline]] static void run_calls(const call* begin, const call* end, T* const* base, std::ptrdiff_t tile,
                                            const state& s, std::ptrdiff_t next = no_tile) {
        using ahead = samples_ahead<P, T>;
        const std::ptrdiff_t lines = next != no_tile ? ahead::lines / (end - begin) + 1 : 0;
        std::ptrdiff_t done = 0;
        for (const call* c = begin; c != end; ++c, done += lines) {
            if constexpr (ahead::lines > 0)
                if (next != no_tile) ahead::bring_near(base, next, done, done + lines);
            c->run(addresses.data() + c->first_address, base, tile, s);
        }
    }
    // Some calls, one tile after another.
    static void run_tiles(const call* begin, const call* end, T* const* base, const state& s) {
        const int tiles = s.tiles(plan.tile);
        state of_tile = s;
        for (int tile = s.begin(tiles); tile < s.end(tiles); ++tile) {
            of_tile.count = s.count - tile * plan.tile < plan.tile ? s.count - tile * plan.tile : plan.tile;
            const int next = tile + 1 < s.end(tiles) ? tile + 1 : plan.panel + s.begin(tiles);  // of the next panel
            run_calls(begin, end, base, tile, of_tile, s.are_far && (next < plan.panel || !s.last) ? next : no_tile);
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
            begin->whole_panel ? run_calls(begin, next, base, 0, s) : run_tiles(begin, next, base, s);
            if (together == nullptr) continue;
            together->meet();
            if (begin->is_mean && s.ends_block && s.part == 0) {
                state sum = s;
                sum.sums_up = true;
                run_calls(begin, next, base, 0, sum);
            }
        }
    }
    template <phase When>
    static void run_table(T* const* base, const state& s, [[maybe_unused]] team* together) {
        static constexpr auto calls = table<When>();
        if constexpr (When == phase::tile && plan.panel > 1)
            run_panel(calls.data(), calls.data() + calls.size(), base, s, together);
        else
            run_calls(calls.data(), calls.data() + calls.size(), base, 0, s, s.are_far && !s.last ? 1 : no_tile);
    }

    // All steps of one phase, where the program is small.
    // `odd` is where the outputs stand, once more.
    template <std::int32_t A>
    CHAINFOLD_INLINE static T* found_once(T* const* base, [[maybe_unused]] T* odd) {
        constexpr location at = addresses[static_cast<std::size_t>(A)];
        constexpr bool is_odd = stores_apart && at.base == output_base && kernel::is_in_odd_piece<T>(at.offset);
        return (is_odd ? odd : base[at.base]) + at.offset;
    }
    template <std::int32_t S, int... A>
    CHAINFOLD_INLINE static void run_one(T* const* base, T* odd, const state& s, std::integer_sequence<int, A...>) {
        T* const p[] = {found_once<step(S).first_address + A>(base, odd)..., nullptr};
        step_code<P, S, T>::run(p, s);
    }
    template <phase When, std::int32_t... S>
    CHAINFOLD_INLINE static void run_inlined(T* const* base, const state& s,
                                             std::integer_sequence<std::int32_t, S...>) {
        T* const odd = stores_apart ? kernel::apart(base[output_base]) : nullptr;
        const auto one = [&]<std::int32_t I>(std::integral_constant<std::int32_t, I>) CHAINFOLD_INLINE {
            if constexpr (step(I).when == When)
                run_one<I>(base, odd, s, std::make_integer_sequence<int, step(I).address_count>{});
        };
        (one(std::integral_constant<std::int32_t, S>{}), ...);
    }
};

}  // namespace chainfold
