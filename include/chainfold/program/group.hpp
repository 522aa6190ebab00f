// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group is one loop over entries whose body is the group's members in order, every value in a register.  Sums over
// the entries are members too, and means over the samples: a loop that is read by sums alone writes nothing.

#include <chainfold/program/group_sums.hpp>

namespace chainfold {

/// The code of step Step of the plan of P, which is a group.
template <class P, std::int32_t Step, class T>
class group_code {
    using facts = group_facts<P, Step>;
    using entry = group_entry<P, Step, T>;
    using fixed_inputs = typename entry::fixed_inputs;
    template <class V>
    using inputs_of = typename entry::template inputs_of<V>;
    using state = kernel::tile_state<T>;
    static constexpr int size = facts::size, tile = facts::tile, sums = facts::sums;
    static constexpr bool scales = facts::any_of(&group_member::is_scaled);
    static constexpr bool has_means = facts::any_of(&group_member::is_mean);
    static constexpr int most_own_addresses = 16;  // about as many as there are registers for them

    using sum_code = group_sums<P, Step, T>;
    template <class V>
    using totals_of = typename sum_code::template totals_of<V>;

    template <bool Multiply>
    CHAINFOLD_INLINE static void loop(T* const* addresses, const fixed_inputs& fixed, const state& samples,
                                      int count = tile) {
        constexpr int lanes = kernel::lanes_for<T, (facts::in_tile ? tile : size), facts::template register_bytes<T>>();
        using V = kernel::pack<T, lanes>;
        if constexpr (facts::in_tile) {
            loop_over_samples<Multiply, V>(addresses, fixed, samples.first, count);
        } else if constexpr (sums > 0 || facts::reads_rows) {
            sum_up<Multiply, V>(addresses, fixed);
        } else {
            constexpr std::ptrdiff_t full = size / lanes * lanes;
            const auto entries = [&]<class W>(W* totals, std::ptrdiff_t at, std::ptrdiff_t lane)
                                     CHAINFOLD_INLINE { compute<Multiply>(addresses, fixed, at, lane, totals, tile); };
            totals_of<V> none;
            for (std::ptrdiff_t at = 0; at < full; at += lanes) entries(none.of, at, 0);
            if constexpr (!facts::is_wide && size >= 4 * lanes)
                sum_code::template rest<full>(entries, nullptr);
            else if constexpr (full < size)
                for (std::ptrdiff_t at = full; at < size; ++at) entries(totals_of<T>{}.of, at, 0);
        }
    }
    // The entries from `at` on, or an entry's samples from `lane` on: their inputs, and everything computed from them.
    template <bool Multiply, class V>
    CHAINFOLD_INLINE static void compute(T* const* addresses, const fixed_inputs& fixed, std::ptrdiff_t at,
                                         std::ptrdiff_t lane, V* totals, int count) {
        entry::template run<Multiply>(entry::template read_all<V>(addresses, fixed, at, lane, entry::all_inputs),
                                      addresses, fixed, at, lane, totals, count, entry::all_members);
    }
    // A loop over entries that sums up, or reads rows.
    template <bool Multiply, class V>
    CHAINFOLD_INLINE static void sum_up(T* const* addresses, const fixed_inputs& fixed) {
        group_rows<P, Step, T> rows;
        const auto read = [&]<class W>(const W*, std::ptrdiff_t at, std::ptrdiff_t lane) CHAINFOLD_INLINE {
            return entry::template read_all<W>(addresses, fixed, at, lane, entry::all_inputs);
        };
        const auto entries_of = [&]<class W>(const inputs_of<W>& inputs, W* totals, std::ptrdiff_t at,
                                             std::ptrdiff_t lane) CHAINFOLD_INLINE {
            entry::template run<Multiply>(inputs, addresses, fixed, at, lane, totals, tile, entry::all_members);
        };
        const auto add_rows = [&]<class W>(const W* totals, std::ptrdiff_t at)
                                  CHAINFOLD_INLINE { rows.add(addresses, at, totals); };
        const auto entries = [&]<class W>(W* totals, std::ptrdiff_t at, std::ptrdiff_t lane) CHAINFOLD_INLINE {
            entries_of(read(totals, at, lane), totals, at, lane);
            add_rows(totals, at);
        };
        const totals_of<T> total = sum_code::template sum_up<V>(entries, read, entries_of, add_rows);
        // (Stored as it is read later: what is assigned, g++ does not forward, but waits for memory.)
        write_sums(
            addresses, [&](T* to, int i) CHAINFOLD_INLINE { kernel::store(to, total.of[i]); }, entry::all_members);
        rows.write(addresses);
    }

    // All samples of a tile for one entry after another.
    template <bool Multiply, class V>
    CHAINFOLD_INLINE static void loop_over_samples(T* const* addresses, const fixed_inputs& fixed,
                                                   [[maybe_unused]] bool first, int count) {
        constexpr int lanes = math::lanes_of<V>, registers = tile / lanes, parts = facts::plan.lanes / lanes;
        totals_of<V> totals[sums > 0 ? registers : 1];
        for (std::ptrdiff_t at = 0; at < size; ++at) {
            if constexpr (has_means) {
                totals_of<V> of_entry[parts];
                CHAINFOLD_UNROLL
                for (int r = 0; r < registers; ++r) {
                    totals_of<V>& of_part = of_entry[r % parts];
                    take_sums(of_part, totals[r]);
                    compute<Multiply>(addresses, fixed, at, r * lanes, of_part.of, count);
                    take_sums(totals[r], of_part);
                }
                CHAINFOLD_UNROLL
                for (int p = 0; p < parts; ++p)
                    add_samples(addresses, at * facts::plan.lanes + p * lanes, of_entry[p].of, first, entry::all_members);
            } else {
                CHAINFOLD_UNROLL
                for (int r = 0; r < registers; ++r)
                    compute<Multiply>(addresses, fixed, at, r * lanes, totals[sums > 0 ? r : 0].of, count);
            }
        }
        if constexpr (sums > 0)
            write_sums(
                addresses,
                [&](T* to, int i) CHAINFOLD_INLINE {
                    CHAINFOLD_UNROLL
                    for (int r = 0; r < registers; ++r) kernel::store(to + r * lanes, totals[r].of[i]);
                },
                entry::all_members);
    }
    template <class V>
    CHAINFOLD_INLINE static void take_sums(totals_of<V>& to, const totals_of<V>& from) {
        CHAINFOLD_UNROLL
        for (int i = 0; i < sums; ++i)
            if (facts::is_over_entries[static_cast<std::size_t>(i)]) to.of[i] = from.of[i];
    }

    // f(member) for every member.
    template <class F, int... M>
    CHAINFOLD_INLINE static void for_each(const F& f, std::integer_sequence<int, M...>) {
        const bool done[] = {(f(std::integral_constant<int, M>{}), true)...};
        (void)done;
    }
    template <int M>
    static constexpr group_member member = facts::members[static_cast<std::size_t>(M)];

    template <class Write, int... M>
    CHAINFOLD_INLINE static void write_sums([[maybe_unused]] T* const* addresses, [[maybe_unused]] const Write& value,
                                            std::integer_sequence<int, M...> all) {
        for_each(
            [&]<int N>(std::integral_constant<int, N>) CHAINFOLD_INLINE {
                if constexpr (member<N>.is_sum) value(addresses[member<N>.address], member<N>.sum);
            },
            all);
    }
    // What the samples of an entry add to the means' sums.
    template <class V, int... M>
    CHAINFOLD_INLINE static void add_samples(T* const* addresses, std::ptrdiff_t at, const V* totals, bool first,
                                             std::integer_sequence<int, M...> all) {
        for_each(
            [&]<int N>(std::integral_constant<int, N>) CHAINFOLD_INLINE {
                if constexpr (member<N>.is_mean) {
                    T* const to = addresses[member<N>.address + 1] + at;
                    const V total = totals[member<N>.sum];
                    kernel::store(to, first ? total : kernel::load<V>(to) + total);
                }
            },
            all);
    }
    template <int... M>
    CHAINFOLD_INLINE static void finish_means(T* const* addresses, const state& samples,
                                              std::integer_sequence<int, M...> all) {
        for_each(
            [&]<int N>(std::integral_constant<int, N>) CHAINFOLD_INLINE {
                if constexpr (member<N>.is_mean)
                    kernel::add_lanes<size, facts::plan.lanes>(addresses[member<N>.address],
                                                               addresses[member<N>.address + 1], samples);
            },
            all);
    }

    struct own_addresses {
        T* of[facts::step.address_count];
    };
    static constexpr std::make_integer_sequence<int, facts::step.address_count> all_addresses{};
    template <int... I>
    CHAINFOLD_INLINE static own_addresses copied(T* const* addresses, std::integer_sequence<int, I...>) {
        return {{addresses[I]...}};
    }
    // What is seldom: factors that are no normal numbers, and the last tile.  By value: what it could look into would
    // have to be in memory also when it is not called.
    [[gnu::noinline]] [[gnu::cold]] static void loop_apart(own_addresses addresses, state samples) {
        fixed_inputs fixed;
        const bool multiplies = entry::read_fixed(addresses.of, fixed);
        if constexpr (scales)
            if (!multiplies) return loop<false>(addresses.of, fixed, samples, samples.count);
        loop<scales>(addresses.of, fixed, samples, samples.count);
    }

public:
    CHAINFOLD_INLINE static void run(T* const* addresses, [[maybe_unused]] const state& samples) {
        fixed_inputs fixed;
        const bool multiplies = entry::read_fixed(addresses, fixed);
        const bool is_seldom = !multiplies || (has_means && samples.count < tile);
        if constexpr (scales || has_means)
            if (is_seldom) [[unlikely]]
                loop_apart(copied(addresses, all_addresses), samples);
        if (!is_seldom) {
            if constexpr (facts::step.address_count <= most_own_addresses)
                // (What others have seen might change with each store, for all that Clang knows.)
                loop<scales>(copied(addresses, all_addresses).of, fixed, samples);
            else
                loop<scales>(addresses, fixed, samples);
        }
        if constexpr (has_means)
            if (samples.last) finish_means(addresses, samples, entry::all_members);
    }
};

}  // namespace chainfold
