// SPDX-License-Identifier: BSL-1.0
#pragma once

// A compiled program: what it owns, and how it is called.

#include <new>
#include <string>

#include <chainfold/program/arguments.hpp>
#include <chainfold/program/call.hpp>
#include <chainfold/program/results.hpp>
#include <chainfold/program/run.hpp>

namespace chainfold {

namespace detail {

/// How a program is called with these bindings.
template <class Request, class T, bool Into, class... B>
using plan_for = planned<Request, T,
                         Into                        ? calling::each_sample
                         : (B::is_batched || ...) ? calling::batch_mean
                                                     : calling::one_sample,
                         (B::is_batched ? B::symbol_type::key : 0)...>;

/// Checks one binding's length; `samples` is what the batches before it agreed on, 0 at first.
template <class B>
[[gnu::always_inline]] inline void count_samples_of(const B& bound, std::size_t& samples) {
    constexpr std::size_t size = B::symbol_type::shape_type::size;
    if constexpr (B::is_batched) {
        if (bound.count == 0 || bound.count % size != 0 || (samples != 0 && bound.count / size != samples))
            refuse_batch(symbol_of<typename B::symbol_type>.name, size, bound.count, samples);
        samples = bound.count / size;
    } else if (bound.count != size) {
        refuse_size(symbol_of<typename B::symbol_type>.name, size, bound.count);
    }
    if constexpr (size > 1 || B::is_batched)
        if (is_misaligned(bound.data()))
            refuse_alignment(symbol_of<typename B::symbol_type>.name, alignof(typename B::value_type));
}
/// Outputs have room of their own.
template <class T, class B>
inline void check_room_of(const T* outputs, std::size_t count, const B& bound) {
    if (overlap(outputs, count, bound.data(), bound.count)) refuse_overlap(symbol_of<typename B::symbol_type>.name);
}

/// η, where a program descends.
template <class T, class First, class... Rest>
constexpr T learning_rate_among(const First& first, const Rest&... rest) {
    if constexpr (First::symbol_type::key == learning_rate.key)
        return static_cast<T>(*first.data());
    else
        return learning_rate_among<T>(rest...);
}

/// The number of samples that the batched bindings agree on; 1 if there are none.
template <class... B>
[[gnu::always_inline]] inline std::size_t count_samples(const B&... bindings) {
    std::size_t samples = 0;
    (count_samples_of(bindings, samples), ...);
    return samples == 0 ? 1 : samples;
}

/// What a program reserves when it is made: enough for every vector of a whole panel and every matrix once, if that is
/// more than may stand on the stack.  (It needs no plan, and memory that is not used is not touched.)
template <class T>
constexpr std::size_t bound_of_numbers(const graph_view& graph, std::size_t outputs) {
    std::size_t numbers = outputs;
    for (int id = 0; id < graph.node_count; ++id) {
        const dimensions d = graph[id].dims;
        const int registers = d.size() <= most_lane_sums ? 1 + kernel::bytes_of_sum / static_cast<int>(sizeof(T)) : 1;
        numbers += static_cast<std::size_t>(
            block_allocator::rounded(d.size() * (d.rank < 2 ? most_panel * tile_of<T> : registers)));
    }
    return numbers;
}
template <class T, class Request>
inline constexpr std::size_t most_numbers = bound_of_numbers<T>(Request::source().view(), Request::numbers);
template <class T, class Request>
inline constexpr std::size_t most_workspace =
    most_numbers<T, Request> * sizeof(T) > largest_inline_bytes ? most_numbers<T, Request> : 0;

/// What can be called as a program: the mean over the samples or, with into(out), one output for each of them.
template <class Self, class T, class Request>
class called {
public:
    /// One sample, or with batch(…) the mean over all samples.
    template <class... B>
        requires(Arguments<Request, B...> && Computable<T, B...> && MeanIsMeant<Request, B...> &&
                 MovesInPlace<Request, B...>)
    [[gnu::always_inline]] auto operator()(const B&... bindings) {
        return static_cast<Self&>(*this).mean(bindings...);
    }
    /// With into(out): one output for each sample, written one after another.
    template <class... A>
        requires(WithOutput<A...> && OutputArguments<T, Request, A...>)
    void operator()(const A&... arguments) {
        static_cast<Self&>(*this).each_sample(arguments...);
    }

    template <class... A>
        requires Poisoned<A...>
    constexpr poison operator()(const A&...) {
        return {};
    }
    template <class... B>
        requires(!Poisoned<B...> && !WithOutput<B...> && WrongCall<T, Request, B...>)
    CHAINFOLD_MISTAKE(verdict_on_call<T, Request, B...> operator()(const B&...))
    template <class... A>
        requires(!Poisoned<A...> && WithOutput<A...> && WrongOutputCall<T, Request, A...>)
    CHAINFOLD_MISTAKE(verdict_on_output_call<T, Request, A...> operator()(const A&...))
};

}  // namespace detail

template <class T, class Request>
class program_on;

/// A compiled program; make it with compile<T>(…).  It owns its results until the next call, which may be given them:
/// f(x = f(x = v)).  Use one object for each thread: a copy of a program is another one, and they share nothing.  A call
/// takes no memory from the heap; where more than 64 KiB are needed, they are taken when the program is made (or by the
/// first call with batches of matrices, which may need more, or with its own results, of which it makes a copy).
template <class T, class Request>
class program : public detail::called<program<T, Request>, T, Request> {
public:
    program() { workspace_.reserve(detail::most_workspace<T, Request>); }

    /// The program as these threads run it: program.on(threads)(x = batch(…), …).  Results are the same from run to run;
    /// with sharing::reproducible they are the same, to the last bit, for any number of threads, which for small
    /// gradients takes longer.  The first time takes memory for each thread.
    program_on<T, Request> on(team& members, sharing how = sharing::fast) {
        workspace_.reserve(2 * detail::most_numbers<T, Request> * static_cast<std::size_t>(members.size()));
        return {*this, {&members, how}};
    }

private:
    static constexpr std::size_t output_size = Request::numbers;
    friend program_on<T, Request>;
    friend detail::called<program, T, Request>;

    template <class... B>
    [[gnu::always_inline]] auto mean(const B&... bindings) {
        if constexpr ((B::is_batched || ...)) return mean_of_batch(bindings...);
        else return call<false>(workers{}, bindings...);
    }
    // What is not a small program's call takes no registers from it, and bindings by value, so that they are not stored.
    template <class... B>
    [[gnu::noinline]] auto mean_of_batch(B... bindings) {
        return call<false>(workers{}, bindings...);
    }
    template <class... A>
    void each_sample(const A&... arguments) {
        call_into<false>(workers{}, arguments...);
    }

    template <bool Shared, class... B>
    [[gnu::always_inline]] auto call(const workers& by, const B&... bindings) {
        if ((last_.has(bindings, outputs_.data(), output_size) || ...)) [[unlikely]]
            return call_with_copies<Shared>(by, bindings...);
        return compute<Shared>(by, bindings...);
    }
    template <bool Shared, class... B>
    [[gnu::noinline]] [[gnu::cold]] auto call_with_copies(workers by, B... bindings) {
        return compute<Shared>(by, last_.aside(bindings, outputs_.data(), output_size)...);
    }
    template <bool Shared, class... B>
    [[gnu::always_inline]] auto compute(const workers& by, const B&... bindings) {
        using plan = detail::plan_for<Request, T, false, B...>;
        run<plan, runner<plan, T, false, Shared>>(by, detail::count_samples(bindings...), outputs_.data(), 0,
                                                  bindings...);
        return detail::result_of_request<T, Request>::make(outputs_.data(), plan::value.output_offsets.data());
    }

    template <bool Shared, class Into, class... B>
    void call_into(const workers& by, const Into& out, const B&... bindings) {
        if constexpr (is_output<Into>) {
            const std::size_t samples = detail::count_samples(bindings...);
            if (out.count != samples * output_size)
                detail::refuse_size("into(...)", samples * output_size, out.count);
            if (detail::is_misaligned(out.data)) detail::refuse_alignment("into(...)", alignof(T));
            (detail::check_room_of(out.data, out.count, bindings), ...);
            using plan = detail::plan_for<Request, T, true, B...>;
            run<plan, runner<plan, T, true, Shared>>(by, samples, out.data, output_size, bindings...);
        } else {
            call_into<Shared>(by, bindings..., out);  // until into(…) comes first
        }
    }

    template <class P, class Runs, class... B>
    [[gnu::always_inline]] void run(const workers& by, std::size_t samples, T* outputs, std::ptrdiff_t output_step,
                                    const B&... bindings) {
        constexpr bool on_heap = Runs::workspace * sizeof(T) > largest_inline_bytes;
        if (on_heap || by.members != nullptr) {
            workspace_.reserve(Runs::workspace_for(by, samples));
            run_in<P, Runs>(workspace_.data(), by, samples, outputs, output_step, bindings...);
        } else {
            constexpr std::size_t numbers = on_heap ? 0 : Runs::workspace;
            alignas(numbers * sizeof(T) >= block_alignment ? block_alignment : alignof(T)) T workspace[numbers + 1];
            run_in<P, Runs>(workspace, by, samples, outputs, output_step, bindings...);
        }
    }

    template <class P, class Runs, class... B>
    [[gnu::always_inline]] void run_in(T* workspace, const workers& by, std::size_t samples, T* outputs,
                                       std::ptrdiff_t output_step, const B&... bindings) {
        constexpr int symbols = P::graph().sizes.symbols;
        constexpr std::size_t bases = static_cast<std::size_t>(first_symbol_base + symbols);
        const detail::values_as<T, B...> values(bindings...);
        T* base[bases];
        std::ptrdiff_t moves[bases];
        base[workspace_base] = workspace;
        base[local_base] = workspace + P::value.workspace;
        base[output_base] = outputs;
        moves[workspace_base] = moves[local_base] = 0;
        moves[output_base] = output_step;
        values.template connect<P>(base + first_symbol_base, moves + first_symbol_base);
        if constexpr (is_descent<Request>)
            Runs::run(base, moves, samples, by, detail::learning_rate_among<T>(bindings...));
        else
            Runs::run(base, moves, samples, by);
    }

    detail::storage<T, output_size> outputs_;
    detail::block<T> workspace_;
    detail::own_results<T> last_;
};

/// A program together with those who run it; what program.on(threads) gives.  Called as the program itself.
template <class T, class Request>
class program_on : public detail::called<program_on<T, Request>, T, Request> {
public:
    program_on(program<T, Request>& what, const workers& by) : program_(what), by_(by) {}

private:
    friend detail::called<program_on, T, Request>;

    template <class... B>
    auto mean(const B&... bindings) {
        return program_.template call<true>(by_, bindings...);
    }
    template <class... A>
    void each_sample(const A&... arguments) {
        program_.template call_into<true>(by_, arguments...);
    }

    program<T, Request>& program_;
    workers by_;
};

}  // namespace chainfold
