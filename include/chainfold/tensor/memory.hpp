// SPDX-License-Identifier: BSL-1.0
#pragma once

// Memory from the heap.

#include <cstddef>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace chainfold {

/// The alignment of a block on the heap, in bytes: a cache line, and a full vector register.  (Blocks of four megabytes
/// or more begin at a page of two.)
inline constexpr std::size_t block_alignment = 64;

namespace detail {

/// A page as large as processors have it beside the usual one of 4 KiB, and from where on it is asked for.  A large
/// network's numbers are on thousands of pages, more than a processor keeps in mind; and it fetches ahead within a
/// page only.
inline constexpr std::size_t large_page = std::size_t{2} << 20, least_on_large_pages = 2 * large_page;

constexpr std::align_val_t alignment_of_block(std::size_t bytes) {
    return std::align_val_t{bytes >= least_on_large_pages ? large_page : block_alignment};
}

/// Room for `count` numbers; throws std::bad_alloc.
template <class T>
T* take_block(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    void* const block = ::operator new(bytes, alignment_of_block(bytes));
#if defined(MADV_HUGEPAGE)
    if (bytes >= least_on_large_pages)
        (void)::madvise(block, bytes, MADV_HUGEPAGE);  // where the system has them to give
#endif
    return static_cast<T*>(block);
}
template <class T>
void give_block_back(T* block, std::size_t count) noexcept {
    ::operator delete(block, alignment_of_block(count * sizeof(T)));
}

}  // namespace detail

}  // namespace chainfold
