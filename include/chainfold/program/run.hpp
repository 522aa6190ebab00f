// SPDX-License-Identifier: BSL-1.0
#pragma once

// A whole run of a program: what depends on no sample, then all samples, panel by panel, then what depends on the means.
//
// A team can share the work in two ways.  Either every member takes some of the samples through the whole program, with a
// workspace of its own, and the members' means are added up in the order of the members.  Or all work on one panel, each
// on some of its tiles and then on some entries of every mean: nothing is added up, and every number is computed by one
// member in the same order whatever their count, so that results are equal to the last bit.  The first way needs no
// waiting and keeps what a core computed near it; the second needs no further gradient, which may be larger than the
// samples.

#include <chainfold/program/execute.hpp>

namespace chainfold {

/// Whether results may depend, in their last places, on the number of threads.
enum class sharing : bool { fast, reproducible };

/// Those who run a program, and how.
struct workers {
    team* members = nullptr;
    sharing how = sharing::fast;
    [[nodiscard]] int count() const { return members == nullptr ? 1 : members->size(); }
};

/// `Shared`: a team may run the program.
template <class P, class T, bool Shared>
class runner {
    using steps = executor<P, T>;
    using state = typename steps::state;
    static constexpr const auto& plan = P::value;
    static constexpr std::size_t panel = static_cast<std::size_t>(plan.tile * plan.panel);  // samples

public:
    /// The workspace, the outputs, local memory, the symbols, and where outputs go sample by sample.
    static constexpr int bases = first_symbol_base + P::graph().sizes.symbols + P::unloaded;
    /// Numbers that one member needs: workspace and local memory, and its own outputs.
    static constexpr std::size_t workspace = static_cast<std::size_t>(plan.workspace + plan.local);
    static constexpr std::size_t outputs = static_cast<std::size_t>((plan.outputs + 15) / 16 * 16);

    /// What a run of this many samples needs.
    static std::size_t workspace_for(const workers& by, std::size_t samples) {
        const way chosen = way_of(by, samples);
        const std::size_t more = chosen == way::alone ? 0 : static_cast<std::size_t>(by.count() - 1);
        return workspace + more * (chosen == way::by_samples ? workspace + outputs
                                                             : static_cast<std::size_t>(plan.local));
    }

    /// Runs on `samples` samples (1 without a batch).  `moves[b]` is by how many numbers base b moves from one sample to
    /// the next.
    CHAINFOLD_INLINE static void run(T** base, [[maybe_unused]] const std::ptrdiff_t* moves,
                                     [[maybe_unused]] std::size_t samples, [[maybe_unused]] const workers& by,
                                     T rate = T(0)) {
        const job j{base, moves, samples, rate, samples <= panel && !plan.means_in_lanes, by.members};
        if constexpr (Shared && plan.tile > 1) {
            const way chosen = way_of(by, samples);
            if (chosen == way::by_samples) return run_by_samples(j);
            if constexpr (has_shared_panels)
                if (chosen == way::by_entries) return run_by_entries(j);
        }
        steps::template run_phase<phase::before>(base, state{.rate = rate});
        if constexpr (plan.tile > 1) run_panels(j, base, 0, samples);
        finish(j);
    }

private:
    struct job {
        T** base;
        const std::ptrdiff_t* moves;
        std::size_t samples;
        T rate;
        bool at_once;  // gradient descent: a mean may move its symbol when it is there
        team* together;
    };

    enum class way { alone, by_samples, by_entries };

    static constexpr std::int64_t least_work = 1 << 21;  // below, a team would be later than its first member alone
    static constexpr std::int64_t few_means = 1 << 18;
    static constexpr std::int64_t means = [] {
        std::int64_t numbers = 0;
        for (int id = 0; id < P::graph().sizes.nodes; ++id)
            if (plan.nodes[static_cast<std::size_t>(id)].is == role::accumulated)
                numbers += P::graph().nodes[static_cast<std::size_t>(id)].dims.size();
        return numbers;
    }();
    static constexpr bool has_shared_panels = !steps::is_small && plan.panel > 1;

    static way way_of(const workers& by, std::size_t samples) {
        const std::size_t count = static_cast<std::size_t>(by.count());
        if (!Shared || plan.tile == 1 || count == 1 || samples <= static_cast<std::size_t>(plan.tile) ||
            static_cast<std::int64_t>(samples) * plan.work < least_work)
            return way::alone;
        if (means == 0) return way::by_samples;
        if (by.how == sharing::reproducible) return has_shared_panels ? way::by_entries : way::alone;
        const bool few = means <= few_means || samples >= 4 * count * panel;
        return few || !has_shared_panels ? way::by_samples : way::by_entries;
    }

    // As many panels in a block as there are blocks, but not fewer than 32.
    static std::size_t samples_of_block(std::size_t samples) {
        std::size_t block = 32;
        while (samples / (block * panel) > block) block *= 2;
        return block * panel;
    }

    // Some of the samples, or a member's part of them all.
    [[gnu::noinline]] static void run_panels(const job& j, T* const* base, std::size_t first, std::size_t count,
                                                  int part = 0, team* together = nullptr) {
        T* moving[static_cast<std::size_t>(bases)];
        for (int b = 0; b < bases; ++b) moving[b] = base[b] + j.moves[b] * static_cast<std::ptrdiff_t>(first);
        state s{static_cast<int>(panel), true, T(1) / static_cast<T>(j.samples)};
        const std::size_t block = samples_of_block(count);
        s.in_blocks = count > block;
        s.are_far = samples_ahead<P, T>::are_far(count);
        s.at_once = j.at_once;
        s.rate = j.rate;
        if (together != nullptr) {
            s.part = part;
            s.parts = together->size();
        }
        for (std::size_t begin = 0; begin < count; begin += block, s.first_block = false) {
            const std::size_t end = count - begin < block ? count : begin + block;
            s.first = true;
            for (std::size_t done = begin; done < end; done += panel, s.first = false) {
                if (count - done < panel) s.count = static_cast<int>(count - done);
                s.last = end - done <= panel;
                s.ends_block = s.in_blocks && s.last;
                steps::template run_phase<phase::tile>(moving, s, together);
                for (int b = 0; b < bases; ++b) moving[b] += j.moves[b] * static_cast<std::ptrdiff_t>(panel);
            }
        }
    }

    CHAINFOLD_INLINE static void finish(const job& j) {
        state after;
        after.at_once = plan.tile > 1 && j.at_once;
        after.rate = j.rate;
        steps::template run_phase<phase::after>(j.base, after);
    }

    // f(part) for every part, by team.share or team.run_together.
    template <class F>
    static void by_all(team& members, void (team::*run)(void (*)(void*, int), void*), const F& f) {
        (members.*run)([](void* what, int part) { (*static_cast<const F*>(what))(part); },
                       const_cast<void*>(static_cast<const void*>(&f)));
    }

    static void run_by_entries(const job& j) {
        steps::template run_phase<phase::before>(j.base, state{});
        by_all(*j.together, &team::run_together, [&j](int number) {
            T* own[static_cast<std::size_t>(bases)];
            for (int b = 0; b < bases; ++b) own[b] = j.base[b];
            own[local_base] += number * plan.local;
            run_panels(j, own, 0, j.samples, number, j.together);
        });
        finish(j);
    }

    static void run_by_samples(job j) {
        j.at_once = false;
        by_all(*j.together, &team::share, [&j](int number) {
            T* own[static_cast<std::size_t>(bases)];
            for (int b = 0; b < bases; ++b) own[b] = of_member(j, number, b);
            steps::template run_phase<phase::before>(own, state{});
            const std::size_t begin = first_sample(j, number), end = first_sample(j, number + 1);
            if (end > begin) run_panels(j, own, begin, end - begin);
        });
        if constexpr (means > few_means)
            by_all(*j.together, &team::share, [&j](int number) { add_up(j, number, j.together->size()); });
        else if constexpr (means > 0)
            add_up(j, 0, 1);
        finish(j);
    }
    // Members get whole tiles.
    static std::size_t first_sample(const job& j, int number) {
        constexpr std::size_t tile = static_cast<std::size_t>(plan.tile);
        const std::size_t tiles = (j.samples + tile - 1) / tile, members = static_cast<std::size_t>(j.together->size());
        const std::size_t first = tiles * static_cast<std::size_t>(number) / members * tile;
        return first < j.samples ? first : j.samples;
    }
    // The first member's memory is the program's own; the others' follows it: workspace, local memory, outputs.
    static T* of_member(const job& j, int number, int b) {
        if (number == 0 || b >= first_symbol_base) return j.base[b];
        T* const own = j.base[workspace_base] + workspace +
                       static_cast<std::size_t>(number - 1) * (workspace + outputs);
        return b == workspace_base ? own : b == local_base ? own + plan.workspace : own + workspace;
    }
    // Adds up all members' means, or a part of the entries of each.  (Who had no sample left nothing.)
    static void add_up(const job& j, int part, int parts) {
        const state s{.part = part, .parts = parts};
        for (int id = 0; id < P::graph().sizes.nodes; ++id) {
            const planned_node& n = plan.nodes[static_cast<std::size_t>(id)];
            if (n.is != role::accumulated || !n.needed) continue;
            const int size = P::graph().nodes[static_cast<std::size_t>(id)].dims.size();
            T* const sum = j.base[n.at.base] + n.at.offset;
            for (int member = 1; member < j.together->size(); ++member) {
                if (first_sample(j, member) == first_sample(j, member + 1)) continue;
                const T* const mean = of_member(j, member, n.at.base) + n.at.offset;
                for (int i = s.begin(size), end = s.end(size); i < end; ++i) sum[i] += mean[i];
            }
        }
    }
};

}  // namespace chainfold
