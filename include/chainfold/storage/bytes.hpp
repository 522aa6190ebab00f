// SPDX-License-Identifier: BSL-1.0
#pragma once

// Numbers as bytes in a stated order, whatever the order of this machine.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

namespace chainfold {

using byte_span = std::span<const std::byte>;

/// The number that stands at `from` in the given order of bytes; it need not be aligned.
template <std::endian Order, class T>
constexpr T number_at(const std::byte* from) {
    std::array<std::byte, sizeof(T)> bytes{};
    for (std::size_t i = 0; i < sizeof(T); ++i)
        bytes[i] = from[Order == std::endian::native ? i : sizeof(T) - 1 - i];
    return std::bit_cast<T>(bytes);
}

/// The bytes of a number in the given order.
template <std::endian Order, class T>
constexpr std::array<std::byte, sizeof(T)> bytes_of(T value) {
    auto bytes = std::bit_cast<std::array<std::byte, sizeof(T)>>(value);
    if constexpr (Order != std::endian::native)
        for (std::size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
    return bytes;
}

namespace detail {

/// Whether a number has a T near it; infinity and NaN do.
template <class T>
bool fits_in(double value) {
    constexpr double most = static_cast<double>(std::numeric_limits<T>::max());
    return (std::bit_cast<std::uint64_t>(value) >> 52 & 0x7ff) == 0x7ff || (value <= most && value >= -most);
}

}  // namespace detail
}  // namespace chainfold
