// SPDX-License-Identifier: BSL-1.0
#pragma once

// Memory from the heap.

#include <cstddef>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace chainfold {

/// The alignment of a block on the heap, in bytes: a cache line, and a full vector register.  (On Linux, blocks of four
/// megabytes or more begin at a page of two.)
inline constexpr std::size_t block_alignment = 64;

namespace detail {

/// A page as large as processors have it beside the usual one of 4 KiB, and from where on it is asked for.  A large
/// network's numbers are on thousands of pages, more than a processor keeps in mind; and it fetches ahead within a
/// page only.
inline constexpr std::size_t large_page = std::size_t{2} << 20, least_on_large_pages = 2 * large_page;

#if defined(MADV_HUGEPAGE)
constexpr bool is_on_large_pages(std::size_t bytes) { return bytes >= least_on_large_pages; }
inline void ask_for_large_pages(void* block, std::size_t bytes) {
    (void)::madvise(block, bytes, MADV_HUGEPAGE);  // if it fails, pages are as usual
}
#else
constexpr bool is_on_large_pages(std::size_t) { return false; }
inline void ask_for_large_pages(void*, std::size_t) {}
#endif

constexpr std::align_val_t alignment_of_block(std::size_t bytes) {
    return std::align_val_t{is_on_large_pages(bytes) ? large_page : block_alignment};
}

/// Room for `count` numbers; throws std::bad_alloc.
template <class T>
T* take_block(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    void* const block = ::operator new(bytes, alignment_of_block(bytes));
    if (is_on_large_pages(bytes)) ask_for_large_pages(block, bytes);
    return static_cast<T*>(block);
}
template <class T>
void give_block_back(T* block, std::size_t count) noexcept {
    ::operator delete(block, alignment_of_block(count * sizeof(T)));
}

}  // namespace detail

}  // namespace chainfold
