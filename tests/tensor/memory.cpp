// SPDX-License-Identifier: BSL-1.0
#include <chainfold/tensor/memory.hpp>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "support/catch.hpp"

namespace cf = chainfold;

namespace {

#if defined(MADV_HUGEPAGE)
static_assert(cf::detail::is_on_large_pages(4 << 20) && !cf::detail::is_on_large_pages((4 << 20) - 1));
#endif

template <class T>
std::uintptr_t address(const T* numbers) {
    return reinterpret_cast<std::uintptr_t>(numbers);
}

// What the system says of the memory at an address: "rd wr mr … hg", empty where it says nothing.
[[maybe_unused]] std::string flags_of_memory(std::uintptr_t at) {
    std::ifstream maps("/proc/self/smaps");
    bool inside = false;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream text(line);
        std::uintptr_t begin = 0, end = 0;
        char dash = 0;
        if (text >> std::hex >> begin >> dash >> end && dash == '-')
            inside = begin <= at && at < end;
        else if (inside && line.rfind("VmFlags:", 0) == 0)
            return line + ' ';
    }
    return {};
}

}  // namespace

TEST_CASE("memory from the heap begins with a line of the cache, much of it with a large page") {
    constexpr std::size_t large = cf::detail::least_on_large_pages / sizeof(float);
    for (const std::size_t count : {std::size_t{1}, std::size_t{1000}, large - 1, large, large + 1}) {
        float* const numbers = cf::detail::take_block<float>(count);
        const bool on_large_pages = cf::detail::is_on_large_pages(count * sizeof(float));
        CHECK(address(numbers) % (on_large_pages ? cf::detail::large_page : cf::block_alignment) == 0);
        numbers[0] = 1;
        numbers[count - 1] = 2;
        CHECK(numbers[count - 1] == 2);
        cf::detail::give_block_back(numbers, count);
    }
    cf::detail::give_block_back<float>(nullptr, 0);
}

#if defined(MADV_HUGEPAGE)
TEST_CASE("large pages are asked for where there is much memory, and only there") {
    if (!std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) return;
    const char* const tunables = std::getenv("GLIBC_TUNABLES");
    const bool everywhere = tunables != nullptr && std::string(tunables).find("hugetlb") != std::string::npos;
    constexpr std::size_t large = cf::detail::least_on_large_pages / sizeof(double);
    double* const much = cf::detail::take_block<double>(large);
    double* const little = cf::detail::take_block<double>(large / 2);
    const std::string of_much = flags_of_memory(address(much)), of_little = flags_of_memory(address(little));
    if (!of_much.empty()) CHECK(of_much.find(" hg ") != std::string::npos);
    if (!of_little.empty() && !everywhere) CHECK(of_little.find(" hg ") == std::string::npos);
    cf::detail::give_block_back(much, large);
    cf::detail::give_block_back(little, large / 2);
}
#endif
