// SPDX-License-Identifier: BSL-1.0
#pragma once

// Times of two things that do the same, taken in alternation, as medians and as the median of their ratios: on a shared
// machine a ratio of neighbours in time is worth more than two times.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace timing {

/// Keeps the compiler from dropping what produced the value.
template <class T>
inline void keep(const T& value) {
    asm volatile("" : : "r"(&value) : "memory");
}

template <class F>
double nanoseconds(F&& f, int calls) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) f();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() / calls;
}

inline double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

struct comparison {
    double ours = 0, theirs = 0, ratio = 0, lowest = 0, highest = 0;
};

/// Both in turn, 15 times, each time long enough to be measured.
template <class A, class B>
comparison compare(A&& ours, B&& theirs) {
    int calls = 1;
    while (nanoseconds(theirs, calls) * calls < 3e6) calls *= 2;
    std::vector<double> a, b, ratios;
    for (int i = 0; i < 15; ++i) {
        a.push_back(nanoseconds(ours, calls));
        b.push_back(nanoseconds(theirs, calls));
        ratios.push_back(a.back() / b.back());
    }
    return {median(a), median(b), median(ratios), *std::ranges::min_element(ratios), *std::ranges::max_element(ratios)};
}

inline void print_row(const char* what, const comparison& c) {
    std::printf("| %-36s | %10.1f | %10.1f | %6.3f | %.3f – %.3f |\n", what, c.ours, c.theirs, c.ratio, c.lowest, c.highest);
}

}  // namespace timing
