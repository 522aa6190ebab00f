// SPDX-License-Identifier: BSL-1.0
#pragma once

// A team of threads.  They wait for work, and for each other, with their eyes open for some microseconds, because the
// parts of a step are often shorter than waking a thread takes; then they sleep.  Where a part can be done by anybody
// the caller does not wait for a thread that has not woken: it does the part itself.

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <chainfold/program/arguments.hpp>
#include <chainfold/program/team.hpp>

namespace chainfold {

/// `count` threads, of which the caller is one: program.on(threads).  They may serve several programs, one after
/// another.  Throws std::invalid_argument for a count below 1.
class threads final : public team {
public:
    explicit threads(int count) : size_(count) {
        if (count < 1) refuse(("threads: expected at least one, found " + std::to_string(count)).c_str());
        for (int number = 1; number < count; ++number) members_.emplace_back([this] { serve(); });
    }
    ~threads() {
        ended_.store(true, std::memory_order_relaxed);
        begun_.fetch_add(1, std::memory_order_release);
        begun_.notify_all();
        for (std::thread& member : members_) member.join();
    }
    threads(const threads&) = delete;
    threads& operator=(const threads&) = delete;

    [[nodiscard]] int size() const override { return size_; }
    void share(void (*work)(void*, int), void* what) override {
        begin(work, what, false);
        while (do_a_part(begun_.load(std::memory_order_relaxed))) {}
        wait_for_all();
    }
    void run_together(void (*work)(void*, int), void* what) override {
        begin(work, what, true);
        do_a_part(begun_.load(std::memory_order_relaxed));
        wait_for_all();
    }
    void meet() override {
        const std::uint32_t round = round_.load(std::memory_order_relaxed);
        if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 < size_) return wait_while(round_, round);
        arrived_.store(0, std::memory_order_relaxed);
        round_.store(round + 1, std::memory_order_release);
        round_.notify_all();
    }

private:
    static void wait_while(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
        constexpr int patience = 2000;  // looks, some tens of microseconds
        for (int i = 0; i < patience; ++i) {
            if (value.load(std::memory_order_acquire) != old) return;
#if defined(__x86_64__) || defined(__i386__)
            __builtin_ia32_pause();
#endif
        }
        while (value.load(std::memory_order_acquire) == old) value.wait(old, std::memory_order_acquire);
    }

    void begin(void (*work)(void*, int), void* what, bool together) {
        const std::uint32_t job = begun_.load(std::memory_order_relaxed) + 1;
        work_ = work;
        what_ = what;
        together_ = together;
        done_.store(0, std::memory_order_relaxed);
        next_.store(static_cast<std::uint64_t>(job) << 32, std::memory_order_release);
        begun_.store(job, std::memory_order_release);
        begun_.notify_all();
    }
    /// Takes the next part of this job and does it; may the caller take another?
    bool do_a_part(std::uint32_t job) {
        std::uint64_t next = next_.load(std::memory_order_acquire);
        do {
            if (next >> 32 != job || static_cast<int>(next & 0xffffffffu) == size_) return false;
        } while (!next_.compare_exchange_weak(next, next + 1, std::memory_order_acq_rel, std::memory_order_acquire));
        const bool more = !together_;
        work_(what_, static_cast<int>(next & 0xffffffffu));
        if (done_.fetch_add(1, std::memory_order_acq_rel) + 1 == static_cast<std::uint32_t>(size_)) done_.notify_all();
        return more;
    }
    void wait_for_all() {
        for (std::uint32_t done; (done = done_.load(std::memory_order_acquire)) != static_cast<std::uint32_t>(size_);)
            wait_while(done_, done);
    }
    void serve() {
        for (std::uint32_t seen = 0;;) {
            wait_while(begun_, seen);
            seen = begun_.load(std::memory_order_acquire);
            if (ended_.load(std::memory_order_relaxed)) return;
            while (do_a_part(seen)) {}
        }
    }

    int size_;
    void (*work_)(void*, int) = nullptr;
    void* what_ = nullptr;
    bool together_ = false;
    std::atomic<bool> ended_{false};
    alignas(64) std::atomic<std::uint32_t> begun_{0};  // jobs
    alignas(64) std::atomic<std::uint64_t> next_{0};   // the job, and its next part
    alignas(64) std::atomic<std::uint32_t> done_{0};   // parts
    alignas(64) std::atomic<std::uint32_t> round_{0};
    alignas(64) std::atomic<int> arrived_{0};
    std::vector<std::thread> members_;  // last: they see everything else alive
};

}  // namespace chainfold
