// SPDX-License-Identifier: BSL-1.0
#pragma once

// A stable sort; <algorithm> costs every program that includes it, also one that draws nothing.

#include <string>  // std::min
#include <utility>
#include <vector>

namespace chainfold::detail {

/// Sorts by merging; equals keep their order.
template <class T, class Less>
void stable_sort(std::vector<T>& list, Less less) {
    std::vector<T> other(list.size());
    for (std::size_t width = 1; width < list.size(); width *= 2) {
        for (std::size_t begin = 0; begin < list.size(); begin += 2 * width) {
            const std::size_t middle = std::min(begin + width, list.size()),
                              end = std::min(begin + 2 * width, list.size());
            for (std::size_t i = begin, j = middle, to = begin; to < end; ++to)
                other[to] = std::move(i < middle && (j == end || !less(list[j], list[i])) ? list[i++] : list[j++]);
        }
        std::swap(list, other);
    }
}

}  // namespace chainfold::detail
