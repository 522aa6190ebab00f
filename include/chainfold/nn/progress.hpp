// SPDX-License-Identifier: BSL-1.0
#pragma once

// A line that counts epochs on a terminal, and nothing in a file.

#include <cstdio>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace chainfold::nn {

class progress_line {
public:
    explicit progress_line(bool wanted) : shown_(wanted && is_terminal()) {}
    progress_line(const progress_line&) = delete;
    progress_line& operator=(const progress_line&) = delete;
    ~progress_line() {
        if (shown_) std::fputs("\r\033[K", stderr);
    }
    void show(int epoch, int epochs, double loss) const {
        if (shown_) std::fprintf(stderr, "\repoch %d of %d, loss %.6g\033[K", epoch, epochs, loss);
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
};

}  // namespace chainfold::nn
