// SPDX-License-Identifier: BSL-1.0
#pragma once

// Slanted lines between two layers: those that lean the same way and lie over each other turn one after another, in
// lanes, so that they keep their distance.  The one that is furthest on the side it leans to turns first.

#include <string>  // std::max

#include <chainfold/notation/picture/geometry.hpp>
#include <chainfold/notation/sort.hpp>

namespace chainfold::picture {

/// A slanted line, across the layers.
struct slant {
    double from = 0, to = 0;
    std::size_t link = 0, piece = 0;
    double shift = 0;  // along the layers, from the middle between them
};

/// Gives each line its lane; returns the room that they need.
template <class = void>
double assign_lanes(std::vector<slant>& slants, double lane, double gap) {
    double room = 0;
    const auto low = [](const slant& s) { return std::min(s.from, s.to); };
    const auto high = [](const slant& s) { return std::max(s.from, s.to); };
    const auto leans_right = [](const slant& s) { return s.from < s.to; };
    chainfold::detail::stable_sort(slants, [&](const slant& a, const slant& b) {
        return leans_right(a) != leans_right(b) ? leans_right(a) : a.from + a.to < b.from + b.to;
    });
    for (std::size_t begin = 0, end = 0; begin < slants.size(); begin = end) {
        double furthest = high(slants[begin]);
        for (end = begin + 1; end < slants.size(); ++end) {
            if (leans_right(slants[end]) != leans_right(slants[begin]) || low(slants[end]) > furthest + gap) break;
            furthest = std::max(furthest, high(slants[end]));
        }
        const auto steps = static_cast<double>(end - begin - 1);
        room = std::max(room, steps * lane);
        for (std::size_t i = begin; i < end; ++i) {
            const double turn = (steps / 2 - static_cast<double>(i - begin)) * lane;
            slants[i].shift = leans_right(slants[i]) ? turn : -turn;
        }
    }
    return room;
}

}  // namespace chainfold::picture
