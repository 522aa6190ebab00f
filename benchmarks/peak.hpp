// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the core can do at most: multiplications and additions in registers, ten at once, in the widest vectors that the
// machine has, whatever the program is compiled for.

#include <chrono>

namespace benchmark {

// sum ← sum · zero + zero: what is in the registers has no influence on the time, unless it is denormal.
#define CHAINFOLD_BENCHMARK_ADD(what, r, sum) "vfmadd132" what " %%" r "14, %%" r "15, %%" r sum "\n\t"
#define CHAINFOLD_BENCHMARK_LOOP(what, r) \
    asm volatile("vzeroall\n\t"                                                                                    \
                 ".p2align 6\n"                                                                                    \
                 "1:\n\t" CHAINFOLD_BENCHMARK_ADD(what, r, "0") CHAINFOLD_BENCHMARK_ADD(what, r, "1")              \
                     CHAINFOLD_BENCHMARK_ADD(what, r, "2") CHAINFOLD_BENCHMARK_ADD(what, r, "3")                   \
                         CHAINFOLD_BENCHMARK_ADD(what, r, "4") CHAINFOLD_BENCHMARK_ADD(what, r, "5")               \
                             CHAINFOLD_BENCHMARK_ADD(what, r, "6") CHAINFOLD_BENCHMARK_ADD(what, r, "7")           \
                                 CHAINFOLD_BENCHMARK_ADD(what, r, "8") CHAINFOLD_BENCHMARK_ADD(what, r, "9")       \
                 "dec %0\n\t"                                                                                      \
                 "jne 1b\n\t"                                                                                      \
                 "vzeroall"                                                                                        \
                 : "+r"(rounds)                                                                                    \
                 :                                                                                                 \
                 : "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",  \
                   "xmm11", "xmm12", "xmm13", "xmm14", "xmm15")

/// Operations in a nanosecond, a multiplication and an addition being two; 0 if the machine is not known here.
/// Measured anew in each call, for about a third of a millisecond.
template <class T>
double peak() {
#if defined(__x86_64__)
    constexpr long calls = 250000;
    long rounds = calls;
    const bool widest = __builtin_cpu_supports("avx512f");
    if (!widest && !__builtin_cpu_supports("fma")) return 0;
    const auto begin = std::chrono::steady_clock::now();
    if (widest && sizeof(T) == 4)
        CHAINFOLD_BENCHMARK_LOOP("ps", "zmm");
    else if (widest)
        CHAINFOLD_BENCHMARK_LOOP("pd", "zmm");
    else if (sizeof(T) == 4)
        CHAINFOLD_BENCHMARK_LOOP("ps", "ymm");
    else
        CHAINFOLD_BENCHMARK_LOOP("pd", "ymm");
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(calls) * 20 * (widest ? 64 : 32) / static_cast<double>(sizeof(T)) / taken.count();
#else
    return 0;
#endif
}

#undef CHAINFOLD_BENCHMARK_ADD
#undef CHAINFOLD_BENCHMARK_LOOP

}  // namespace benchmark
