// SPDX-License-Identifier: BSL-1.0
#pragma once

// One workload, several ways to compute it, timed in alternation.  On a shared machine a ratio of neighbours in time is
// worth more than two times, so every round times every contestant once, and what counts is the median of the rounds'
// ratios.  A program prints one line of JSON for each contestant; scripts/benchmark makes the table.
//
//     contest c({.workload = "N2", .what = "gradient", .size = "batch 32", .scalar = "float", .flops = 1.36e6});
//     c.add(kind::chainfold, "", [&] { keep(step(…)); });
//     c.add(kind::by_hand, "vector extensions", [&] { … });
//     c.add(kind::library, "libtorch 1.13", [&] { … });
//     c.run();                                   // with --check on the command line: only that results are equal

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "peak.hpp"

/// Before the body of a call so short that calling it would count: all of these are inlined, or none is.
#define INLINED __attribute__((always_inline))
#if defined(__clang__)
#define MUTABLE_INLINED INLINED mutable
#else
#define MUTABLE_INLINED mutable INLINED
#endif

namespace benchmark {

/// Keeps the compiler from dropping what produced the value.
template <class T>
inline void keep(const T& value) {
    asm volatile("" : : "r"(&value) : "memory");
}
/// The value as if it came from elsewhere.
template <class T>
inline void unknown(T& value) {
    asm volatile("" : "+m"(value));
}

enum class kind {
    chainfold,
    variant,           // of chainfold's contestant
    by_hand,           // the best of these is the limit
    standard_library,  // by hand with std::exp and its kin: what most engineers write
    library
};
constexpr const char* name_of(kind k) {
    constexpr const char* names[] = {"chainfold", "variant", "by hand", "standard library", "library"};
    return names[static_cast<int>(k)];
}

struct options {
    bool check = false;  // compare results and time nothing
    int rounds = 45;
    double round_milliseconds = 1;  // of each contestant: less than the system lets run at a time
    std::string only;               // the only size to measure, such as "batch 32"
    static options from(int count, char** arguments) {
        options o;
        for (int i = 1; i < count; ++i) {
            if (std::strcmp(arguments[i], "--check") == 0) o.check = true;
            if (std::strncmp(arguments[i], "--rounds=", 9) == 0) o.rounds = std::max(1, std::atoi(arguments[i] + 9));
            if (std::strncmp(arguments[i], "--size=", 7) == 0) o.only = arguments[i] + 7;
        }
        return o;
    }
    [[nodiscard]] bool selects(const std::string& size) const { return only.empty() || only == size; }
};

inline double quantile(std::vector<double> values, std::size_t quarters) {
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, values.size() * quarters / 4)];
}
inline double median(std::vector<double> values) { return quantile(std::move(values), 2); }

/// Nanoseconds that the process has been running, all its threads together: what others do on this core does not count,
/// and who takes a second thread pays for it.
inline double processor_time() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

/// Complains once for each comparison that fails; main returns it.
class equality {
public:
    /// |a − b| ≤ tolerance · scale for all entries, where scale is the largest entry of b, at least `floor`.
    template <class T, class U>
    void require(const char* what, const T* a, const U* b, std::size_t count, double tolerance, double floor = 1e-3) {
        double scale = floor, worst = 0;
        for (std::size_t i = 0; i < count; ++i) scale = std::max(scale, std::abs(static_cast<double>(b[i])));
        for (std::size_t i = 0; i < count; ++i) {
            const double d = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
            if (!(d <= worst)) worst = d;  // a NaN stays
        }
        if (worst <= tolerance * scale) return;
        std::fprintf(stderr, "%s: results differ by %.3g (largest entry %.3g)\n", what, worst, scale);
        failed_ = true;
    }
    [[nodiscard]] int exit_code() const { return failed_ ? 1 : 0; }

private:
    bool failed_ = false;
};

struct workload {
    const char* name = "";    // N2
    const char* what = "";    // gradient (value and gradient), step (with the SGD update), hessian …
    const char* size = "";    // batch 32
    const char* scalar = "";  // float
    double flops = 0;         // of one call; 0 if it makes no sense
};

class contest {
public:
    contest(const workload& w, const options& o) : work_(w), options_(o) {}
    [[nodiscard]] const workload& about() const { return work_; }

    /// `run` makes one call; it is inlined into the loop that is timed (INLINED makes sure).
    template <class F>
    void add(kind k, std::string style, F run) {
        auto loop = [run = std::move(run)](int calls) mutable {
            for (int i = 0; i < calls; ++i) run();
        };
        contestants_.push_back({k, std::move(style), std::move(loop), 1, {}, {}});
    }

    /// chainfold comes first; ratios are its time over the others'.
    void run() {
        if (options_.check) return;
        for (contestant& c : contestants_)
            while (time_of(c) * c.calls < options_.round_milliseconds * 1e6) c.calls *= 2;
        for (int round = 0; round < options_.rounds; ++round) {
            peaks_.push_back(std::strcmp(work_.scalar, "float") == 0 ? peak<float>() : peak<double>());
            for (std::size_t turn = 0; turn < contestants_.size(); ++turn) {  // nobody always follows the same one
                contestant& c = contestants_[(static_cast<std::size_t>(round) + turn) % contestants_.size()];
                if (takes_part(c, round)) c.times.push_back(time_of(c));
            }
            for (contestant& c : contestants_)
                if (takes_part(c, round)) c.ratios.push_back(contestants_[0].times.back() / c.times.back());
        }
        for (const contestant& c : contestants_) print(c);
        std::fflush(stdout);
    }

private:
    struct contestant {
        kind is;
        std::string style;
        std::function<void(int)> loop;
        int calls;
        std::vector<double> times, ratios;
    };

    static constexpr double seldom = 3e7;  // nanoseconds of a call

    /// Who is slow and no candidate for anything runs in every fifth round only.
    [[nodiscard]] bool takes_part(const contestant& c, int round) const {
        if (round % 5 == 0 || c.times.empty() || &c == contestants_.data()) return true;
        return c.times[0] < seldom || c.times[0] < 2 * contestants_[0].times[0];
    }

    /// Of a call that follows one of its own, as in a loop of training: its memory is where that left it.
    static double time_of(const contestant& c) {
        if (c.times.empty() || c.times[0] < seldom) c.loop(1);
        const double begin = processor_time();
        c.loop(c.calls);
        return (processor_time() - begin) / c.calls;
    }

    void print(const contestant& c) const {
        std::printf(R"({"workload": "%s", "what": "%s", "size": "%s", "scalar": "%s", "flops": %.6g, "kind": "%s", )"
                    R"("style": "%s", "ns": %.6g, "ratio": %.4g, "lowest": %.4g, "highest": %.4g, )"
                    R"("quartiles": [%.4g, %.4g], "peak": %.4g})"
                    "\n",
                    work_.name, work_.what, work_.size, work_.scalar, work_.flops, name_of(c.is), c.style.c_str(),
                    median(c.times), median(c.ratios), *std::ranges::min_element(c.ratios),
                    *std::ranges::max_element(c.ratios), quantile(c.ratios, 1), quantile(c.ratios, 3), median(peaks_));
    }

    workload work_;
    options options_;
    std::vector<contestant> contestants_;
    std::vector<double> peaks_;  // of the core, in operations per nanosecond
};

}  // namespace benchmark
