// SPDX-License-Identifier: BSL-1.0
// Memory that is in use at once, counted and limited.
#pragma once

#include <sanitizer/allocator_interface.h>

#include <cstddef>

namespace fuzz {

/// While it lives, all memory taken and not given back together is at most `bytes`, and a little more where a refusal is
/// put into words; otherwise the program stops.
class memory_limit {
public:
    explicit memory_limit(std::size_t bytes) {
        static const int installed = __sanitizer_install_malloc_and_free_hooks(
            [](const volatile void* memory, std::size_t size) { count(memory, static_cast<long>(size)); },
            [](const volatile void* memory) {
                if (watched && memory != nullptr) count(memory, -static_cast<long>(size_of(memory)));
            });
        (void)installed;
        used = highest = 0;
        most = static_cast<long>(bytes) + a_sentence;
        watched = true;
    }
    memory_limit(const memory_limit&) = delete;
    memory_limit& operator=(const memory_limit&) = delete;
    ~memory_limit() { watched = false; }
    /// The most that was in use at once so far.
    [[nodiscard]] std::size_t peak() const { return static_cast<std::size_t>(highest); }

private:
    static constexpr long a_sentence = 1024;
    static std::size_t size_of(const volatile void* memory) {
        return __sanitizer_get_allocated_size(const_cast<const void*>(memory));
    }
    static void count(const volatile void*, long bytes) {
        if (!watched) return;
        used += bytes;
        if (used > highest) highest = used;
        if (used > most) __builtin_trap();
    }

    static inline bool watched = false;
    static inline long used = 0, most = 0, highest = 0;
};

}  // namespace fuzz
