// SPDX-License-Identifier: BSL-1.0
#pragma once

// Threads that run one program.  Here is only what a program asks of them; threads.hpp has them, and <thread>.

namespace chainfold {

/// Some threads, the caller among them.
class team {
public:
    team(const team&) = delete;
    team& operator=(const team&) = delete;

    [[nodiscard]] virtual int size() const = 0;
    /// Calls work(what, part) for every part below size(), in any order; a thread that has the time takes the next part.
    /// Returns when all are done.
    virtual void share(void (*work)(void*, int), void* what) = 0;
    /// The same at one time, every thread with one part.
    virtual void run_together(void (*work)(void*, int), void* what) = 0;
    /// Called for every part inside run_together: goes on when all have called it.
    virtual void meet() = 0;

protected:
    team() = default;
    ~team() = default;
};

}  // namespace chainfold
