// SPDX-License-Identifier: BSL-1.0
#pragma once

// Numbers from a file of another element type: one array, converted where that loses nothing.

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <chainfold/storage/file.hpp>

namespace chainfold {

/// Numbers with a shape, row-major: what is read from .npy and IDX files.
template <class T>
struct ndarray {
    std::vector<std::size_t> shape{};
    std::vector<T> values{};

    [[nodiscard]] const T* data() const { return values.data(); }
    [[nodiscard]] T* data() { return values.data(); }
    [[nodiscard]] std::size_t size() const { return values.size(); }
};

namespace detail {

/// A product of extents; throws where it is not `bytes` / element size.
inline std::size_t checked_count(const std::string& who, const std::vector<std::size_t>& shape, std::size_t element,
                                 std::size_t bytes) {
    std::size_t count = element;
    for (const std::size_t n : shape)
        if (__builtin_mul_overflow(count, n, &count))  // also before a zero: others multiply in another order
            fail(who + ": the shape (" + listed(shape) + ") has too many numbers");
    if (count != bytes)
        fail(who + ": expected " + std::to_string(count) + " bytes for the shape (" + listed(shape) + "), found " +
             std::to_string(bytes));
    return count / element;
}

/// Whether T holds every value of an integer of type From, or this one.
template <class T, class From>
bool holds(From value) {
    if constexpr (std::is_floating_point_v<T>) {
        if constexpr (std::numeric_limits<T>::digits >= std::numeric_limits<From>::digits) return true;
        // Exact, if what is left of it without its trailing zeros has no more digits than T.
        const auto bits = value < From{} ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
        return bits == 0 || 64 - std::countl_zero(bits) - std::countr_zero(bits) <= std::numeric_limits<T>::digits;
    } else {
        return std::in_range<T>(value);
    }
}

/// Converts `count` numbers of type From that stand at `bytes`.  Floating-point numbers are rounded to T; integers must
/// be numbers of T, and floating-point numbers are not made integers.
template <class T, class From, std::endian Order>
void convert_into(std::vector<T>& to, const std::byte* bytes, std::size_t count, const std::string& who) {
    if constexpr (std::is_floating_point_v<From> && !std::is_floating_point_v<T>) {
        fail(who + ": holds floating-point numbers, expected integers");
    } else {
        to.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            const From value = number_at<Order, From>(bytes + i * sizeof(From));
            if constexpr (std::is_integral_v<From>)
                if (!holds<T>(value)) fail(who + ": number " + std::to_string(i) + ", " + std::to_string(value) + ", is none of the type asked for");
            if constexpr (std::is_same_v<From, double> && std::is_same_v<T, float>)
                if (!fits_in<float>(value))
                    fail(who + ": number " + std::to_string(i) + " is too large for float");
            to[i] = static_cast<T>(value);
        }
    }
}

}  // namespace detail
}  // namespace chainfold
