// SPDX-License-Identifier: BSL-1.0
#pragma once

// Parts put together: each is copied where it belongs, unless it was computed there.  Of one sample, numbers and the
// zeros beside them are written in registers, each where one would lie if all of memory were such: a store that lies
// over two lines of the cache counts as two, and over two pages as twenty.

#include <chainfold/program/group_facts.hpp>
#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/plan/in_place.hpp>

namespace chainfold {

/// The code of step Step of the plan of P, which puts parts together.
template <class P, std::int32_t Step, class T>
class stack_code {
    static constexpr const auto& plan = P::value;
    static constexpr graph_view graph = P::graph().view();
    static constexpr const planned_step& step = plan.steps[static_cast<std::size_t>(Step)];
    static constexpr int parts = graph[step.node].count, samples = step.when == phase::tile ? plan.tile : 1;
    // An output is read by nobody here.
    static constexpr bool is_output = plan.addresses[static_cast<std::size_t>(step.first_address)].base == output_base;
    static constexpr int most_bytes = is_output ? kernel::bytes_of_store : math::native_bytes;
    static constexpr int most_lanes = kernel::lanes_for<T, 64, most_bytes>();

    static constexpr int part(int i) { return graph.operand(step.node, i); }
    static constexpr int size(int i) { return graph[part(i)].dims.size(); }
    static constexpr bool is_zero(int i) { return is_all_zero(graph, part(i)); }
    static constexpr bool is_in_place(int i, int at) {
        location whole = plan.addresses[static_cast<std::size_t>(step.first_address)];
        whole.offset += at;
        return samples == 1 && whole == plan.addresses[static_cast<std::size_t>(step.first_address + 1 + i)];
    }

    /// Parts that follow one another and are alike, from entry `at` on: zeros, or numbers, or one part of several
    /// entries.
    struct piece {
        int first = 0, count = 0, at = 0, size = 0;
        bool is_zero = false, is_number = false, is_there = false;
        [[nodiscard]] constexpr int end() const { return at + size; }
        [[nodiscard]] constexpr bool mixes() const { return (is_zero || is_number) && !is_there; }
    };
    template <class Item, int Most>
    struct list {
        std::array<Item, static_cast<std::size_t>(Most)> items{};
        int count = 0;
        constexpr const Item& operator[](int i) const { return items[static_cast<std::size_t>(i)]; }
        constexpr Item& last() { return items[static_cast<std::size_t>(count > 0 ? count - 1 : 0)]; }
        constexpr void add(const Item& item) { items[static_cast<std::size_t>(count++)] = item; }
    };
    static constexpr auto find_pieces() {
        list<piece, parts + 1> found;
        for (int i = 0, at = 0; i < parts; at += size(i), ++i) {
            const bool zero = is_zero(i), there = !zero && is_in_place(i, at), number = !zero && size(i) == 1;
            const piece& last = found.last();
            const bool joins = found.count > 0 && last.is_zero == zero && last.is_number == number &&
                               (zero || number) && !there && !last.is_there;
            if (!joins) found.add({i, 0, at, 0, zero, number, there});
            ++found.last().count;
            found.last().size += size(i);
        }
        return found;
    }
    static constexpr auto pieces = find_pieces();
    // The number at an entry, −1 if there is a zero; the search begins at piece i.
    static constexpr int number_at(int entry, int i) {
        while (pieces[i].end() <= entry) ++i;
        return pieces[i].is_zero ? -1 : pieces[i].first + entry - pieces[i].at;
    }

    // How far the whole is from where a line of the cache begins, if nothing is before the program's outputs.
    static constexpr int lanes_of_line = kernel::bytes_of_line / static_cast<int>(sizeof(T));
    static constexpr int shift =
        (plan.addresses[static_cast<std::size_t>(step.first_address)].offset + (is_output ? plan.margin : 0)) %
        lanes_of_line;
    static constexpr bool is_aligned(int at, int lanes) { return (at + shift) % lanes == 0; }

    /// What is written at once: several registers of zeros, or numbers one by one, or one register of both, or a part.
    enum class writing { zeros, numbers, both, part };
    struct item {
        writing is = writing::zeros;
        int at = 0, size = 0, first_piece = 0;
    };
    // Numbers take a shuffle each, so that a register of many is no gain.
    static constexpr bool holds_both(int at, int lanes, int first_piece) {
        int numbers = 0;
        for (int k = 0; k < lanes; ++k) numbers += number_at(at + k, first_piece) >= 0 ? 1 : 0;
        return numbers > 0 && numbers < lanes && (lanes <= 4 || 2 * numbers <= lanes);
    }
    // From an entry of piece i on, where numbers and zeros follow one another up to `end`.
    static constexpr item next_item(int at, int i, int end) {
        const piece& p = pieces[i];
        if (p.is_zero && is_aligned(at, most_lanes) && at + most_lanes <= p.end())
            return {writing::zeros, at, (p.end() - at) / most_lanes * most_lanes, i};
        for (int lanes = most_lanes; lanes > 1 && lanes * static_cast<int>(sizeof(T)) >= 16; lanes /= 2)
            if (is_aligned(at, lanes) && at + lanes <= end && holds_both(at, lanes, i))
                return {writing::both, at, lanes, i};
        return {p.is_zero ? writing::zeros : writing::numbers, at, 1, i};
    }
    static constexpr auto find_items() {
        list<item, 2 * parts + 2> found;
        for (int i = 0, at = 0, end = 0; i < pieces.count;) {
            if (!pieces[i].mixes()) {
                if (!pieces[i].is_there) found.add({writing::part, pieces[i].at, pieces[i].size, i});
                at = pieces[i++].end();
                continue;
            }
            if (at >= end)
                for (int j = i; j < pieces.count && pieces[j].mixes(); ++j) end = pieces[j].end();
            const item next = next_item(at, i, end);
            const item& last = found.last();
            const bool joins =
                found.count > 0 && next.is != writing::both && last.is == next.is && last.at + last.size == at;
            if (joins)
                found.last().size += next.size;
            else
                found.add(next);
            at += next.size;
            while (i < pieces.count && pieces[i].end() <= at) ++i;
        }
        return found;
    }
    static constexpr auto items = find_items();

    // What is longer is left to a loop.
    static constexpr int most_written_out = 16 * most_lanes;

    // Behind what was written last.
    template <int End>
    CHAINFOLD_INLINE static void end_line(T* to) {
        if constexpr (is_output && is_aligned(End, lanes_of_line)) kernel::in_order<graph[step.node].dims.size()>(to);
    }

    template <int First, int Last>
    CHAINFOLD_INLINE static void write_zeros(T* to) {
        if constexpr (Last - First > most_written_out) {
            for (int k = First; k < Last; ++k) to[k] = 0;
        } else if constexpr (First < Last) {
            constexpr int lanes = [] {
                int n = most_lanes;
                while (n > 1 && (!is_aligned(First, n) || First + n > Last)) n /= 2;
                return n;
            }();
            T* const odd = kernel::is_in_odd_piece<T>(First) ? kernel::apart(to) : to;
            kernel::store(odd + First, kernel::pack<T, lanes>{});
            end_line<First + lanes>(to);
            write_zeros<First + lanes, Last>(to);
        }
    }
    template <int Size, int From = 0>
    CHAINFOLD_INLINE static void copy(T* to, const T* from) {
        if constexpr (Size > most_written_out) {
            for (int k = 0; k < Size; ++k) to[k] = from[k];
        } else if constexpr (From < Size) {
            constexpr int lanes = kernel::lanes_for<T, Size - From, most_bytes>();
            kernel::store(to + From, kernel::load<kernel::pack<T, lanes>>(from + From));
            copy<Size, From + lanes>(to, from);
        }
    }
    template <int First, int... I>
    CHAINFOLD_INLINE static void copy_numbers(T* const* p, T* to, std::integer_sequence<int, I...>) {
        if constexpr (is_output && sizeof...(I) > most_lanes) {
            T* const odd = kernel::apart(to);
            (((kernel::is_in_odd_piece<T>(I) ? odd : to)[I] = *p[1 + First + I]), ...);
        } else {
            ((to[I] = *p[1 + First + I]), ...);
        }
    }
    template <int Part>
    CHAINFOLD_INLINE static T number_or_zero([[maybe_unused]] T* const* p) {
        if constexpr (Part < 0)
            return T(0);
        else
            return *p[1 + Part];
    }
    // Those of 32 bytes by halves, which compilers take from two registers at once.
    template <int At, int FirstPiece, int... Lane>
    CHAINFOLD_INLINE static auto register_of(T* const* p, std::integer_sequence<int, Lane...>) {
        constexpr int size = sizeof...(Lane);
        if constexpr (size * sizeof(T) == 32) {
            constexpr std::make_integer_sequence<int, size / 2> half;
            return kernel::join(register_of<At, FirstPiece>(p, half), register_of<At + size / 2, FirstPiece>(p, half));
        } else {
            return kernel::pack<T, size>{number_or_zero<number_at(At + Lane, FirstPiece)>(p)...};
        }
    }

    template <int I>
    CHAINFOLD_INLINE static bool write(T* const* p) {
        constexpr item x = items[I];
        if constexpr (x.is == writing::zeros)
            write_zeros<x.at, x.at + x.size>(p[0]);
        else if constexpr (x.is == writing::numbers)
            copy_numbers<number_at(x.at, x.first_piece)>(p, p[0] + x.at, std::make_integer_sequence<int, x.size>{});
        else if constexpr (x.is == writing::both)
            kernel::store(p[0] + x.at, register_of<x.at, x.first_piece>(p, std::make_integer_sequence<int, x.size>{}));
        else
            copy<x.size>(p[0] + x.at, p[1 + pieces[x.first_piece].first]);
        if constexpr (x.is != writing::zeros) end_line<x.at + x.size>(p[0]);
        return true;
    }
    template <int... I>
    CHAINFOLD_INLINE static void write_all([[maybe_unused]] T* const* p, std::integer_sequence<int, I...>) {
        const bool written[] = {true, write<I>(p)...};
        (void)written;
    }

    template <int I>
    CHAINFOLD_INLINE static bool write_tile(T* const* p, T*& to) {
        constexpr bool batched = plan.nodes[static_cast<std::size_t>(part(I))].batched;
        for (int k = 0; k < size(I); ++k)
            for (int s = 0; s < samples; ++s)
                to[k * samples + s] = is_zero(I) ? T(0) : p[I + 1][batched ? k * samples + s : k];
        to += size(I) * samples;
        return true;
    }
    template <int... I>
    CHAINFOLD_INLINE static void write_tiles(T* const* p, std::integer_sequence<int, I...>) {
        T* to = p[0];
        const bool written[] = {write_tile<I>(p, to)...};
        (void)written;
    }

public:
    CHAINFOLD_INLINE static void run(T* const* p) {
        if constexpr (samples == 1)
            write_all(p, std::make_integer_sequence<int, items.count>{});
        else
            write_tiles(p, std::make_integer_sequence<int, parts>{});
    }
};

}  // namespace chainfold
