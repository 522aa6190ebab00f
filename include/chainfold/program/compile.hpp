// SPDX-License-Identifier: BSL-1.0
#pragma once

// compile<T>(…): a callable that computes in T.  Every offset and extent is known to the compiler.

#include <new>
#include <string>

#include <chainfold/program/arguments.hpp>
#include <chainfold/program/call.hpp>
#include <chainfold/program/execute.hpp>
#include <chainfold/program/results.hpp>

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
constexpr std::size_t bound_of_workspace(const graph_view& graph, std::size_t outputs) {
    std::size_t numbers = outputs;
    for (int id = 0; id < graph.node_count; ++id) {
        const dimensions d = graph[id].dims;
        numbers += static_cast<std::size_t>(block_allocator::rounded(d.size() * (d.rank < 2 ? most_panel * tile_of<T> : 1)));
    }
    return numbers * sizeof(T) > largest_inline_bytes ? numbers : 0;
}
template <class T, class Request>
inline constexpr std::size_t most_workspace = bound_of_workspace<T>(Request::source().view(), Request::numbers);

}  // namespace detail

/// A compiled program; make it with compile<T>(…).  It owns its results until the next call; use one object for each
/// thread.  A call takes no memory from the heap; where more than 64 KiB are needed, they are taken when the program is
/// made (or by the first call with batches of matrices, which may need more).
template <class T, class Request>
class program {
public:
    program() { workspace_.reserve(detail::most_workspace<T, Request>); }

    /// One sample, or with batch(…) the mean over all samples.
    template <class... B>
        requires(Arguments<Request, B...> && Computable<T, B...> && MeanIsMeant<Request, B...> &&
                 MovesInPlace<Request, B...>)
    [[gnu::always_inline]] auto operator()(const B&... bindings) {
        const std::size_t samples = detail::count_samples(bindings...);
        using plan = detail::plan_for<Request, T, false, B...>;
        run<plan>(samples, outputs_.data(), 0, bindings...);
        return detail::result_of_request<T, Request>::make(outputs_.data(), plan::value.output_offsets.data());
    }

    /// With into(out): one output for each sample, written one after another.
    template <class... A>
        requires(WithOutput<A...> && OutputArguments<T, Request, A...>)
    void operator()(const A&... arguments) {
        call_into(arguments...);
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

private:
    static constexpr std::size_t output_size = Request::numbers;

    template <class Into, class... B>
    void call_into(const Into& out, const B&... bindings) {
        if constexpr (is_output<Into>) {
            const std::size_t samples = detail::count_samples(bindings...);
            if (out.count != samples * output_size)
                detail::refuse_size("into(...)", samples * output_size, out.count);
            run<detail::plan_for<Request, T, true, B...>>(samples, out.data, output_size, bindings...);
        } else {
            call_into(bindings..., out);  // until into(…) comes first
        }
    }

    template <class P, class... B>
    [[gnu::always_inline]] void run(std::size_t samples, T* outputs, std::ptrdiff_t output_step, const B&... bindings) {
        constexpr std::size_t numbers = static_cast<std::size_t>(P::value.workspace);
        if constexpr (numbers * sizeof(T) > largest_inline_bytes) {
            workspace_.reserve(numbers);
            run_in<P>(workspace_.data(), samples, outputs, output_step, bindings...);
        } else {
            alignas(numbers * sizeof(T) >= block_alignment ? block_alignment : alignof(T)) T workspace[numbers + 1];
            run_in<P>(workspace, samples, outputs, output_step, bindings...);
        }
    }

    template <class P, class... B>
    [[gnu::always_inline]] void run_in(T* workspace, std::size_t samples, T* outputs, std::ptrdiff_t output_step,
                                       const B&... bindings) {
        constexpr int symbols = P::graph().sizes.symbols;
        constexpr std::size_t bases = static_cast<std::size_t>(first_symbol_base + symbols);
        const detail::values_as<T, B...> values(bindings...);
        T* base[bases];
        std::ptrdiff_t moves[bases];
        base[workspace_base] = workspace;
        base[output_base] = outputs;
        moves[workspace_base] = 0;
        moves[output_base] = output_step;
        values.template connect<P>(base + first_symbol_base, moves + first_symbol_base);
        if constexpr (is_descent<Request>)
            executor<P, T>::run(base, moves, samples, detail::learning_rate_among<T>(bindings...));
        else
            executor<P, T>::run(base, moves, samples);
    }

    detail::storage<T, output_size> outputs_;
    detail::block<T> workspace_;
};

namespace detail {
template <class T, class... E>
struct program_for {};
template <class T, class E>
    requires Requested<E>
struct program_for<T, E> {
    using type = program<T, request_of<E>>;
};
template <class T, class Loss, class... V>
    requires ConsistentWith<Loss, V...>
struct program_for<T, descent_request<Loss, V...>> {
    using type = program<T, descent_of<Loss, V...>>;
};
template <class T, Expression... E>
    requires(sizeof...(E) > 1 && Consistent<E...>)
struct program_for<T, E...> {
    using type = program<T, expression_request<E...>>;
};
}  // namespace detail

/// What compile takes, whether or not the symbols' names agree.
template <class... E>
concept Compilable = (sizeof...(E) > 0 && (Expression<E> && ...)) ||
                     (sizeof...(E) == 1 && ((Requested<E> || Descending<E> || Conflicting<E>) && ...));

/// The fused program for an expression, for several, or for value_and_gradient(…) and gradient(…), computing in T:
/// float, double or long double.  A call f(x = …, W = …) returns a number for a scalar, a view otherwise, for several
/// expressions a tuple of these, for a gradient a result with .value and .gradient[symbol].
template <class T, class... E>
    requires(std::is_floating_point_v<T> && !Poisoned<E...>)
typename detail::program_for<T, E...>::type compile(E...) {
    return {};
}
template <class T, class... E>
    requires Poisoned<E...>
constexpr poison compile(const E&...) {
    return {};
}
template <class T, class E>
    requires Conflicting<E>
CHAINFOLD_MISTAKE(conflict_in_request<E> compile(E))
template <class T, Expression... E>
    requires(sizeof...(E) > 1 && !Consistent<E...>)
CHAINFOLD_MISTAKE(symbol_conflict_in<E...> compile(E...))
template <class T, class... E>
    requires(!Poisoned<E...> && !Compilable<E...>)
CHAINFOLD_MISTAKE(nothing_to_compile<sizeof...(E)> compile(E...))
template <class T, class... E>
    requires(!std::is_floating_point_v<T> && Compilable<E...>)
CHAINFOLD_MISTAKE(program_in_no_floating_point<T> compile(E...))

}  // namespace chainfold
