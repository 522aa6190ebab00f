// SPDX-License-Identifier: BSL-1.0
#pragma once

// A group's sums over the entries of its loop, where the loop is over entries: each in an order of its own, that of
// registers of 64 bytes.

#include <chainfold/program/group_entry.hpp>
#include <chainfold/program/group_rows.hpp>

namespace chainfold {

/// The sums of step Step of the plan of P, which is a group.
template <class P, std::int32_t Step, class T>
class group_sums {
    using facts = group_facts<P, Step>;
    using entry = group_entry<P, Step, T>;
    template <class V>
    using inputs_of = typename entry::template inputs_of<V>;
    static constexpr int size = facts::size, sums = facts::sums;

public:
    // Sums begin with −0, to which any number can be added without changing it.
    template <class V>
    struct totals_of {
        V of[sums + facts::row_sums + 1];
        CHAINFOLD_INLINE totals_of() {
            CHAINFOLD_UNROLL
            for (V& total : of) total = math::splat<V>(-T(0));
        }
    };

    // With sums: up to four at a time, so that none waits for another.  They are read before one is written: a load
    // waits for a store before it whose address ends with the same twelve bits.  Where not all sums fit the registers,
    // some registers of many blocks are summed up, and then the next ones.
    template <class V, class Entries, class Read, class EntriesOf, class AddRows>
    CHAINFOLD_INLINE static totals_of<T> sum_up(const Entries& entries, [[maybe_unused]] const Read& read,
                                                [[maybe_unused]] const EntriesOf& entries_of,
                                                [[maybe_unused]] const AddRows& add_rows) {
        constexpr std::ptrdiff_t lanes = math::lanes_of<V>, width = kernel::lanes_of_sum<T, size>();
        constexpr std::ptrdiff_t full = size / width * width;
        constexpr int parts = width / lanes, most = facts::is_wide || facts::reads_rows ? 1 : 4;
        constexpr int at_once = size / width < most ? static_cast<int>(size / width) : most,
                      registers = at_once * parts;
        constexpr std::ptrdiff_t block = registers * lanes;
        totals_of<V> totals[registers];
        std::ptrdiff_t at = 0;
        if constexpr (constexpr int some = at_a_time(registers); some < registers) {
            static_assert(registers % some == 0);
            constexpr std::ptrdiff_t end = full / block * block;
            for (; at < end; at += most_blocks * block) {
                CHAINFOLD_UNROLL
                for (int r = 0; r < registers; r += some)
                    sum_some<some>(totals + r, entries, read, entries_of, at + r * lanes, end, block);
            }
            at = end;
        }
        if constexpr (facts::row_sums > 0 && fit(registers))
            at = sum_with_rows<registers>(totals, entries, read, entries_of, add_rows, full);
        else
            for (; at + block <= full; at += block) sum_block<registers>(totals, entries, read, entries_of, at);
        if constexpr (full % block > 0)
            for (; at < full; at += width) {
                CHAINFOLD_UNROLL
                for (int p = 0; p < parts; ++p) entries(totals[p].of, at + p * lanes, 0);
            }
        totals_of<T> total;
        CHAINFOLD_UNROLL
        for (int i = 0; i < sums; ++i) {
            CHAINFOLD_UNROLL
            for (int r = parts; r < registers; ++r) totals[r % parts].of[i] += totals[r].of[i];
            total.of[i] = folded<parts>(totals, i);
        }
        rest<full>(entries, total.of);
        return total;
    }

    // What is left from entry First on, with sums of half the width, a quarter …  (Short vectors are read again before
    // they have left the store buffer, from where only what was stored in one piece is forwarded.)
    template <std::ptrdiff_t First, class Entries>
    CHAINFOLD_INLINE static void rest(const Entries& entries, [[maybe_unused]] T* total) {
        if constexpr (First < size) {
            constexpr int left = size - static_cast<int>(First);
            constexpr int lanes = kernel::lanes_for<T, left>(), width = kernel::lanes_of_sum<T, left>(),
                          parts = width / lanes;
            totals_of<kernel::pack<T, lanes>> last[parts];
            CHAINFOLD_UNROLL
            for (int p = 0; p < parts; ++p) entries(last[p].of, First + p * lanes, 0);
            CHAINFOLD_UNROLL
            for (int i = 0; i < sums; ++i) total[i] += folded<parts>(last, i);
            rest<First + width>(entries, total);
        }
    }

private:
    // Do the inputs of several registers of entries fit a quarter of the registers there are?
    static constexpr bool fit(int registers) {
        int count = 0;
        for (int i = 0; i < facts::step.input_count; ++i)
            count += facts::is_fixed(i) || facts::has_no_entry(i) ? 0 : registers;
        return !facts::is_wide && 4 * count <= kernel::native_registers;
    }
    static constexpr std::ptrdiff_t most_blocks = 32;
    // Of so many registers that are summed side by side, how many at a time leave a quarter of the registers free?
    // (All, where the loop sums up rows: that sum has all entries, one after another.)
    static constexpr int at_a_time(int registers) {
        if (facts::row_sums > 0) return registers;
        while (registers > 1 && 4 * sums * registers > 3 * kernel::native_registers) registers /= 2;
        return registers;
    }
    // Some registers of the next blocks, whose sums stay in registers.  The others pass afterwards, before these blocks
    // have left the cache.
    template <int Some, class V, class Entries, class Read, class EntriesOf>
    CHAINFOLD_INLINE static void sum_some(totals_of<V>* of, const Entries& entries, const Read& read,
                                          const EntriesOf& entries_of, std::ptrdiff_t at, std::ptrdiff_t end,
                                          std::ptrdiff_t block) {
        if (end - at > most_blocks * block) end = at + most_blocks * block;
        for (; at < end; at += block) sum_block<Some>(of, entries, read, entries_of, at);
    }
    template <int Count, class V, class Entries, class Read, class EntriesOf>
    CHAINFOLD_INLINE static void sum_block(totals_of<V>* of, const Entries& entries, [[maybe_unused]] const Read& read,
                                           [[maybe_unused]] const EntriesOf& entries_of, std::ptrdiff_t at) {
        constexpr std::ptrdiff_t lanes = math::lanes_of<V>;
        if constexpr (fit(Count)) {
            inputs_of<V> inputs[Count];
            CHAINFOLD_UNROLL
            for (int r = 0; r < Count; ++r) inputs[r] = read(of[r].of, at + r * lanes, 0);
#if defined(__clang__)
            if constexpr (facts::any_of(&group_member::is_written))
                asm volatile("" ::: "memory");  // it would read some entries after others are written
#endif
            CHAINFOLD_UNROLL
            for (int r = 0; r < Count; ++r) entries_of(inputs[r], of[r].of, at + r * lanes, 0);
        } else {
            CHAINFOLD_UNROLL
            for (int r = 0; r < Count; ++r) entries(of[r].of, at + r * lanes, 0);
        }
    }

    // All blocks up to `full`, and the sums of rows.  A block's rows are added when the next block has been computed:
    // what they are multiplied by is there by then, and they wait for nothing.
    template <int Count, class V, class Entries, class Read, class EntriesOf, class AddRows>
    CHAINFOLD_INLINE static std::ptrdiff_t sum_with_rows(totals_of<V>* of, const Entries& entries, const Read& read,
                                                         const EntriesOf& entries_of, const AddRows& add_rows,
                                                         std::ptrdiff_t full) {
        constexpr std::ptrdiff_t lanes = math::lanes_of<V>, block = Count * lanes;
        totals_of<V> before[Count];
        const auto add = [&](std::ptrdiff_t from) CHAINFOLD_INLINE {
            CHAINFOLD_UNROLL
            for (int r = 0; r < Count; ++r) add_rows(before[r].of, from + r * lanes);
        };
        std::ptrdiff_t at = 0;
        for (; at + block <= full; at += block) {
            sum_block<Count>(of, entries, read, entries_of, at);
            if (at > 0) add(at - block);
            CHAINFOLD_UNROLL
            for (int r = 0; r < Count; ++r) before[r] = of[r];
        }
        if (at > 0) add(at - block);
        return at;
    }

    template <int Parts, class V>
    CHAINFOLD_INLINE static T folded(const totals_of<V>* totals, int i) {
        V some[Parts];
        CHAINFOLD_UNROLL
        for (int p = 0; p < Parts; ++p) some[p] = totals[p].of[i];
        return kernel::sum_of_lanes(kernel::fold_registers<Parts>(some, kernel::addition{}));
    }
};

}  // namespace chainfold
