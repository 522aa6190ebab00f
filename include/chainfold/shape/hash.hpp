// SPDX-License-Identifier: BSL-1.0
#pragma once

// A 64-bit structural hash.  Expression types are named by it, so it must spread well: each word goes through the
// finaliser of SplitMix64 (Steele, Lea, Flood 2014).  A collision cannot give a wrong graph: two different
// definitions of one key are a redefinition, which the compiler reports.

#include <cstdint>
#include <string_view>

#include <chainfold/shape/extents.hpp>

namespace chainfold {

using hash_value = std::uint64_t;

constexpr hash_value combine(hash_value seed, hash_value word) {
    word += seed * 0x9e3779b97f4a7c15u + 0x9e3779b97f4a7c15u;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
    return word ^ (word >> 31);
}

constexpr hash_value combine(hash_value seed, std::string_view text) {
    for (char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3u;  // FNV-1a
    return combine(seed, text.size());
}

constexpr hash_value combine(hash_value seed, const dimensions& d) {
    return combine(seed, static_cast<hash_value>(d.rank) << 60 ^ static_cast<hash_value>(d.rows) << 30 ^
                             static_cast<hash_value>(d.columns));
}

}  // namespace chainfold
