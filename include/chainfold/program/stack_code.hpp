// SPDX-License-Identifier: BSL-1.0
#pragma once

// Parts put together: each is copied where it belongs, unless it was computed there.  Of one sample, numbers and the
// zeros behind them are written in one register, and zeros in whole registers, the last of which may lie over others.

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

    /// Parts that are written together, from entry `at` on: one part of several entries, or numbers, or zeros.  A
    /// register of `lanes` is written, of which the first are the numbers.
    struct piece {
        int first = 0, count = 0, at = 0, size = 0, lanes = 0;
        bool is_zero = false, is_there = false;
    };
    struct piece_list {
        std::array<piece, static_cast<std::size_t>(parts) + 1> pieces{};
        int count = 0;
    };
    static constexpr piece_list find_pieces() {
        piece_list list;
        for (int i = 0, at = 0; i < parts; at += size(i), ++i) {
            const bool zero = is_zero(i), there = !zero && is_in_place(i, at), number = size(i) == 1;
            piece& last = list.pieces[static_cast<std::size_t>(list.count > 0 ? list.count - 1 : 0)];
            const bool joins = list.count > 0 && last.is_zero == zero && !there && !last.is_there &&
                               (zero || (number && last.size == last.count));
            if (!joins) list.pieces[static_cast<std::size_t>(list.count++)] = {i, 0, at, 0, 0, zero, there};
            piece& p = list.pieces[static_cast<std::size_t>(list.count - 1)];
            ++p.count;
            p.size += size(i);
        }
        for (int i = 0; i + 1 < list.count; ++i) find_lanes(list.pieces[static_cast<std::size_t>(i)],
                                                            list.pieces[static_cast<std::size_t>(i + 1)]);
        return list;
    }
    static constexpr void find_lanes(piece& numbers, const piece& zeros) {
        if (numbers.is_zero || numbers.is_there || numbers.size != numbers.count || !zeros.is_zero) return;
        for (int lanes = most_lanes; lanes >= 4 && 2 * numbers.count <= lanes; lanes /= 2)
            if (lanes <= numbers.size + zeros.size && numbers.lanes == 0) numbers.lanes = lanes;
    }
    static constexpr piece_list all = find_pieces();
    template <int I>
    static constexpr piece at = all.pieces[static_cast<std::size_t>(I)];

    // What is longer is left to a loop.
    static constexpr int most_written_out = 16 * most_lanes;

    // Entries from First to Last; registers may begin at Least.
    template <int Least, int First, int Last>
    CHAINFOLD_INLINE static void write_zeros(T* to) {
        if constexpr (Last - First > most_written_out) {
            for (int k = First; k < Last; ++k) to[k] = 0;
        } else if constexpr (First < Last) {
            constexpr int most = kernel::lanes_for<T, Last - Least, most_bytes>(), left = Last - First;
            constexpr int wider = kernel::lanes_for<T, 2 * left - 1, most_bytes>(), lanes = wider < most ? wider : most;
            constexpr int begin = left < lanes ? Last - lanes : First;
            kernel::store(to + begin, kernel::pack<T, lanes>{});
            write_zeros<Least, begin + lanes, Last>(to);
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
    template <int I, int... Number>
    CHAINFOLD_INLINE static void write_register(T* const* p, std::integer_sequence<int, Number...>) {
        kernel::store(p[0] + at<I>.at, kernel::pack<T, at<I>.lanes>{*p[1 + at<I>.first + Number]...});
    }

    template <int I>
    CHAINFOLD_INLINE static bool write(T* const* p) {
        constexpr piece x = at<I>;
        if constexpr (x.is_zero) {
            constexpr piece before = at<(I > 0 ? I - 1 : 0)>;
            constexpr int written = I > 0 && before.lanes > 0 ? before.at + before.lanes : x.at;
            write_zeros<x.at, written, x.at + x.size>(p[0]);
        } else if constexpr (x.lanes > 0) {
            write_register<I>(p, std::make_integer_sequence<int, x.count>{});
        } else if constexpr (!x.is_there) {
            copy_parts<x.first>(p, p[0] + x.at, std::make_integer_sequence<int, x.count>{});
        }
        return true;
    }
    template <int First, int... I>
    CHAINFOLD_INLINE static void copy_parts(T* const* p, T* to, std::integer_sequence<int, I...>) {
        if constexpr (sizeof...(I) == 1) {
            copy<size(First)>(to, p[1 + First]);
        } else if constexpr (is_output && sizeof...(I) > most_lanes) {
            T* const odd = kernel::apart(to);
            (((kernel::is_in_odd_piece<T>(I) ? odd : to)[I] = *p[1 + First + I]), ...);
        } else {
            ((to[I] = *p[1 + First + I]), ...);
        }
    }
    template <int... I>
    CHAINFOLD_INLINE static void write_all(T* const* p, std::integer_sequence<int, I...>) {
        const bool written[] = {write<I>(p)...};
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
            write_all(p, std::make_integer_sequence<int, all.count>{});
        else
            write_tiles(p, std::make_integer_sequence<int, parts>{});
    }
};

}  // namespace chainfold
