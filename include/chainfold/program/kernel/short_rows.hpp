// SPDX-License-Identifier: BSL-1.0
#pragma once

// Columns of rows that are shorter than a register.  Rows that fill registers together are read as such, the way an
// outer product writes them (outer.hpp): of what was just stored, a load is given only what one store holds.

#include <chainfold/program/kernel/registers.hpp>

namespace chainfold::kernel::detail {

/// Column K of rows of Inner numbers that fill as many registers.
template <int K, int Inner, class V>
CHAINFOLD_INLINE inline V column_of_registers(const V* rows) {
    if constexpr (Inner == 1) {
        return rows[0];
    } else {
        constexpr auto all = std::make_index_sequence<static_cast<std::size_t>(math::lanes_of<V>)>{};
        V half[Inner / 2];
        CHAINFOLD_UNROLL
        for (int q = 0; q < Inner / 2; ++q) half[q] = every_second<K % 2>(rows[2 * q], rows[2 * q + 1], all);
        return column_of_registers<K / 2, Inner / 2>(half);
    }
}
/// The same of rows in memory, from where they are read as an outer product writes them.
template <int K, int Inner, class V, class T>
CHAINFOLD_INLINE inline V column_of(const T* a) {
    constexpr int lanes = math::lanes_of<V>;
    V column{};
    if constexpr (lanes == 1) {
        column = a[K];
    } else if constexpr (Inner > 1 && lanes % Inner == 0 && sizeof(V) <= 32) {
        V rows[Inner];
        CHAINFOLD_UNROLL
        for (int q = 0; q < Inner; ++q) rows[q] = load<V>(a + q * lanes);
        column = column_of_registers<K, Inner>(rows);
    } else {
        CHAINFOLD_UNROLL
        for (int r = 0; r < lanes; ++r) column[r] = a[r * Inner + K];
    }
    return column;
}

}  // namespace chainfold::kernel::detail
