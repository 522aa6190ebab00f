// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include <chainfold/graph/buffer.hpp>

namespace chainfold {

/// Blocks of memory, each given back as it was taken.  A free block is reused whole or in part, the smallest that is
/// large enough first.
class block_allocator {
public:
    static constexpr std::int32_t rounded(std::int32_t size) { return (size + granule - 1) / granule * granule; }

    constexpr std::int32_t take(std::int32_t size) {
        size = rounded(size);
        int best = -1;
        for (int i = 0; i < free_.size(); ++i)
            if (free_[i].size >= size && (best < 0 || free_[i].size < free_[best].size)) best = i;
        if (best < 0) {
            high_ += size;
            return high_ - size;
        }
        const std::int32_t offset = free_[best].offset;
        free_[best] = {offset + size, free_[best].size - size};
        if (free_[best].size == 0) {
            free_[best] = free_[free_.size() - 1];
            free_.pop();
        }
        return offset;
    }
    constexpr void give_back(std::int32_t offset, std::int32_t size) { free_.push({offset, rounded(size)}); }
    [[nodiscard]] constexpr std::int32_t high() const { return high_; }

private:
    static constexpr std::int32_t granule = 16;
    struct block {
        std::int32_t offset = 0, size = 0;
    };
    buffer<block> free_;
    std::int32_t high_ = 0;
};

}  // namespace chainfold
