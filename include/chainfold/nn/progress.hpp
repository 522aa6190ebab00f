// SPDX-License-Identifier: BSL-1.0
#pragma once

// A line that counts epochs on a terminal, and nothing in a file.

#include <time.h>  // NOLINT: POSIX's clock

#include <chainfold/nn/history.hpp>
#include <chainfold/nn/sentence.hpp>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace chainfold::nn {

namespace detail {

/// Seconds from some moment on.
inline double seconds_now() {
    timespec now{};
#if defined(__unix__) || defined(__APPLE__)
    clock_gettime(CLOCK_MONOTONIC, &now);
#else
    timespec_get(&now, TIME_UTC);
#endif
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// "850", "1.2 k", "3.4 M"
inline std::string short_number(double number) {
    if (number < 1e3) return sentence("%.0f", number);
    return number < 1e6 ? sentence("%.1f k", number / 1e3) : sentence("%.1f M", number / 1e6);
}

/// "42 s", "3 min 5 s", "2 h 10 min"
inline std::string short_time(double seconds) {
    const auto s = static_cast<long long>(seconds + 0.5);
    if (s < 60) return sentence("%lld s", s);
    if (s < 3600) return sentence("%lld min %lld s", s / 60, s % 60);
    return sentence("%lld h %lld min", s / 3600, s / 60 % 60);
}

}  // namespace detail

/// How far a run is.
struct progress_report {
    int epoch = 0;  // from 1; the one that is running, or has just ended
    int epochs = 0;
    double samples = 0;  // of an epoch
    double done = 0;     // of them, in the time
    double seconds = 0;
    double loss = 0;
};

class progress_line {
public:
    explicit progress_line(bool wanted) : shown_(wanted && is_terminal()) {}
    progress_line(const progress_line&) = delete;
    progress_line& operator=(const progress_line&) = delete;
    ~progress_line() { clear(); }

    [[nodiscard]] bool is_shown() const { return shown_; }
    /// Ten times a second are enough.
    [[nodiscard]] bool is_due(double now) const { return shown_ && now - last_ > 0.1; }

    [[gnu::noinline]] [[gnu::cold]] void show(const progress_report& r, const training_history& history, double now) {
        if (!shown_) return;
        last_ = now;
        stands_ = true;
        std::fprintf(stderr, "\repoch %d of %d, loss %.6g", r.epoch, r.epochs, r.loss);
        for (const metric_history& m : history.metrics) {
            const std::vector<double>& values = m.validation.empty() ? m.training : m.validation;
            if (!values.empty()) std::fprintf(stderr, ", %.*s %.4g", static_cast<int>(m.name.size()), m.name.data(), values.back());
        }
        const double rate = r.done / (r.seconds > 0 ? r.seconds : 1e-9);
        const double left = (r.epochs - r.epoch) * r.samples + r.samples - r.done;
        std::fprintf(stderr, ", %s samples/s, %s left\033[K", detail::short_number(rate).c_str(),
                     detail::short_time(left / rate).c_str());
    }
    /// A sentence in a line of its own, whether or not there is a terminal.
    [[gnu::noinline]] [[gnu::cold]] void say(const std::string& sentence) {
        clear();
        std::fprintf(stderr, "train: %s\n", sentence.c_str());
    }
    /// Room for a line of somebody else's.
    void clear() {
        if (stands_) std::fputs("\r\033[K", stderr);
        stands_ = false;
    }

private:
    static bool is_terminal() {
#if defined(__unix__) || defined(__APPLE__)
        return isatty(STDERR_FILENO) != 0;
#else
        return false;
#endif
    }

    bool shown_;
    bool stands_ = false;  // on the terminal
    double last_ = -1;
};

}  // namespace chainfold::nn
