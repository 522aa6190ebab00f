// SPDX-License-Identifier: BSL-1.0
#pragma once

// Samples that are short, a tile reads column by column: several at once, from places of which a processor foresees
// none.  So a tile's samples are brought near while the tile before is computed.  (Long ones it foresees by itself.)

#include <array>
#include <cstddef>
#include <cstdint>

#include <chainfold/program/kernel/registers.hpp>
#include <chainfold/program/unit.hpp>

namespace chainfold {

/// The inputs of P that have short samples.
template <class P, class T>
class samples_ahead {
    static constexpr const auto& plan = P::value;
    static constexpr std::ptrdiff_t most_bytes_of_sample = 1024,
                                    most_lines = most_bytes_of_sample * plan.tile / kernel::bytes_of_line;

    struct input {
        location at{};
        std::ptrdiff_t begin = 0, lines = 0;  // of the cache, of one tile: those of all inputs are numbered
    };
    struct input_list {
        std::array<input, static_cast<std::size_t>(plan.step_count) + 1> inputs{};
        std::size_t count = 0;
        std::ptrdiff_t lines = 0;
    };
    static constexpr input_list all = [] {
        input_list list;
        for (std::int32_t i = 0; i < plan.step_count; ++i) {
            const planned_step& step = units_of<P>::step(i);
            if (step.kind != step_kind::load) continue;
            const location& given =
                units_of<P>::addresses[static_cast<std::size_t>(step.first_address + step.address_count - 1)];
            const std::ptrdiff_t lines =
                given.tile_step * static_cast<std::ptrdiff_t>(sizeof(T)) / kernel::bytes_of_line;
            if (lines > most_lines) continue;
            list.inputs[list.count++] = {given, list.lines, lines};
            list.lines += lines;
        }
        return list;
    }();

public:
    static constexpr std::ptrdiff_t lines = all.lines;

    /// Do so many samples not fit a core's own cache?
    static constexpr bool are_far(std::size_t samples) {
        constexpr std::size_t near = std::size_t{1} << 20;  // bytes
        return samples / static_cast<std::size_t>(plan.tile) * static_cast<std::size_t>(lines * kernel::bytes_of_line) >
               near;
    }

    /// Lines of a tile from `begin` to `end`.  (Inlined: g++ 12 drops calls of a function that does nothing else.  As
    /// integers, since the last tile may be shorter.)
    CHAINFOLD_INLINE static void bring_near(T* const* base, std::ptrdiff_t tile, std::ptrdiff_t begin,
                                            std::ptrdiff_t end) {
        for (std::size_t k = 0; k < all.count; ++k) {
            const input& x = all.inputs[k];
            const auto samples = reinterpret_cast<std::uintptr_t>(base[x.at.base] + x.at.offset) +
                                 static_cast<std::uintptr_t>(tile * x.at.tile_step) * sizeof(T);
            const std::ptrdiff_t last = end - x.begin < x.lines ? end - x.begin : x.lines;
            for (std::ptrdiff_t i = begin > x.begin ? begin - x.begin : 0; i < last; ++i)
                __builtin_prefetch(
                    reinterpret_cast<const void*>(samples + static_cast<std::uintptr_t>(i * kernel::bytes_of_line)), 0,
                    2);
        }
    }
};

}  // namespace chainfold
