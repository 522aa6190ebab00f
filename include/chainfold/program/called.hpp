// SPDX-License-Identifier: BSL-1.0
#pragma once

// The call of a program: which plan it asks for, what is checked before anything is computed, and the overloads.

#include <string>

#include <chainfold/program/arguments.hpp>
#include <chainfold/program/call.hpp>

namespace chainfold {

namespace detail {

template <class Request, class T, calling Mode, class... B>
struct plan_with {
    static constexpr std::size_t count = (std::size_t{0} + ... + B::is_batched);
    static constexpr auto batched = [] {
        std::array<hash_value, count + 1> keys{};
        [[maybe_unused]] std::size_t i = 0;
        ((keys[i] = first_symbol<B>::key, i += B::is_batched), ...);
        return keys;
    }();
    template <std::size_t... I>
    static plan_of<Request, T, Mode, batched[I]...> choose(std::index_sequence<I...>);
    using type = decltype(choose(std::make_index_sequence<count>{}));
};
/// The plan for a program that is called with these bindings.
template <class Request, class T, bool Into, class... B>
using plan_for = typename plan_with<Request, T,
                                    Into                     ? calling::each_sample
                                    : (B::is_batched || ...) ? calling::batch_mean
                                                             : calling::one_sample,
                                    B...>::type;

/// Checks one binding's length; `samples` is what the batches before it agreed on, 0 at first.
template <class B>
CHAINFOLD_INLINE inline void count_samples_of(const B& bound, std::size_t& samples) {
    constexpr std::size_t size = first_symbol<B>::shape_type::size;
    if constexpr (is_bound_block<B>) {
        return;  // has as many as its symbols
    } else if constexpr (B::is_batched) {
        if (bound.count == 0 || bound.count % size != 0 || (samples != 0 && bound.count / size != samples))
            refuse_batch(symbol_of<typename B::symbol_type>.name, size, bound.count, samples);
        samples = bound.count / size;
    } else if (bound.count != size) {
        refuse_size(symbol_of<typename B::symbol_type>.name, size, bound.count);
    }
}
/// Of a binding's numbers; a single number was copied when it was bound.
template <class B>
CHAINFOLD_INLINE inline std::uintptr_t misalignment_of(const B& bound) {
    if constexpr (B::is_view && (is_bound_block<B> || first_symbol<B>::shape_type::size > 1 || B::is_batched))
        return misalignment(bound.data());
    else
        return 0;
}
template <class B>
void check_alignment_of(const B& bound) {
    if (misalignment_of(bound) != 0) refuse_alignment(symbol_of<first_symbol<B>>.name, alignof(typename B::value_type));
}
/// Outputs have room of their own.
template <class T, class B>
inline void check_room_of(const T* outputs, std::size_t count, const B& bound) {
    if (overlap(outputs, count, bound.data(), bound.count))
        refuse_overlap("into(...)", "the numbers of " + std::string(symbol_of<typename B::symbol_type>.name));
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
CHAINFOLD_INLINE inline std::size_t count_samples(const B&... bindings) {
    std::size_t samples = 0;
    (count_samples_of(bindings, samples), ...);
    if ((misalignment_of(bindings) | ... | std::uintptr_t{0}) != 0) [[unlikely]]
        (check_alignment_of(bindings), ...);
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
        requires(!WithBlock<B...> && RightCall<T, Request, B...>)
    CHAINFOLD_INLINE auto operator()(const B&... bindings) & {
        return static_cast<Self&>(*this).mean(bindings...);
    }
    /// The same of a program that is gone before its results are read: they are numbers and tensors of their own.
    template <class... B>
        requires(!WithBlock<B...> && RightCall<T, Request, B...>)
    CHAINFOLD_INLINE auto operator()(const B&... bindings) && {
        return last_mean(bindings...);
    }
    /// With into(out): one output for each sample, written one after another.
    template <class... A>
        requires(!WithBlock<A...> && WithOutput<A...> && OutputArguments<T, Request, A...>)
    void operator()(const A&... arguments) {
        static_cast<Self&>(*this).each_sample(arguments...);
    }

    /// With symbols that are bound together.  What is asked of their address is asked once; where outputs go sample by
    /// sample, of each.
    template <class... A>
        requires(WithBlock<A...> && !Poisoned<A...> && call_with_blocks<T, Request, A...>::is_right)
    CHAINFOLD_INLINE decltype(auto) operator()(const A&... arguments) & {
        if constexpr (WithOutput<A...> || (has_gradient<A> || ...))
            return spread_blocks([this](const auto&... each)
                                     CHAINFOLD_INLINE -> decltype(auto) { return (*this)(each...); },
                                 arguments...);
        else
            return static_cast<Self&>(*this).mean(arguments...);
    }
    template <class... A>
        requires(WithBlock<A...> && !Poisoned<A...> && call_with_blocks<T, Request, A...>::is_right)
    CHAINFOLD_INLINE decltype(auto) operator()(const A&... arguments) && {
        if constexpr (WithOutput<A...> || (has_gradient<A> || ...))
            return spread_blocks(
                [this](const auto&... each)
                    CHAINFOLD_INLINE -> decltype(auto) { return static_cast<called&&>(*this)(each...); },
                arguments...);
        else
            return last_mean(arguments...);
    }

    template <class... A>
        requires Poisoned<A...>
    constexpr poison operator()(const A&...) {
        return {};
    }
    template <class... B>
        requires(!Poisoned<B...> && !WithBlock<B...> && !WithOutput<B...> && WrongCall<T, Request, B...>)
    CHAINFOLD_MISTAKE(verdict_on_call<T, Request, B...> operator()(const B&...))
    template <class... A>
        requires(!Poisoned<A...> && !WithBlock<A...> && WithOutput<A...> && WrongOutputCall<T, Request, A...>)
    CHAINFOLD_MISTAKE(verdict_on_output_call<T, Request, A...> operator()(const A&...))
    template <class... A>
        requires(WithBlock<A...> && !Poisoned<A...> && !call_with_blocks<T, Request, A...>::is_right)
    CHAINFOLD_MISTAKE(typename call_with_blocks<T, Request, A...>::verdict::type operator()(const A&...))

private:
    // The mean over the samples; of a program that does not outlive the call, with numbers of its own.
    template <class... B>
    CHAINFOLD_INLINE auto last_mean(const B&... bindings) {
        using request = typename request_with<Request, B...>::type;
        if constexpr (Self::outlives_its_call)
            return static_cast<Self&>(*this).mean(bindings...);
        else
            return result_of_request<T, request>::owned(static_cast<Self&>(*this).mean(bindings...));
    }
};

}  // namespace detail

}  // namespace chainfold
