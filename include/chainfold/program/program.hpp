// SPDX-License-Identifier: BSL-1.0
#pragma once

// A compiled program: what it owns, and how it is called.

#include <new>

#include <chainfold/program/called.hpp>
#include <chainfold/program/results.hpp>
#include <chainfold/program/run.hpp>

namespace chainfold {

template <class T, class Request, bool IsKept>
class program_on;

/// A compiled program; make it with compile<T>(…).  It owns its results until the next call, which may be given them:
/// f(x = f(x = v)).  (A program that nobody keeps, as in compile<T>(…)(x = v), gives results of their own.)  Use one
/// object for each thread: a copy of a program is another one, and they share nothing.  A call takes no memory from the
/// heap; where more than 64 KiB are needed, they are taken when the program is made (or by the first call with batches
/// of matrices, which may need more, or with its own results, of which it makes a copy).
template <class T, class Request>
class program : public detail::called<program<T, Request>, T, Request> {
public:
    program() { workspace_.reserve(detail::most_workspace<T, Request>); }

    /// The program as these threads run it: program.on(threads)(x = batch(…), …).  Results are the same from run to run;
    /// with sharing::reproducible they are the same, to the last bit, for any number of threads, which for small
    /// gradients takes longer.  The first time takes memory for each thread.
    program_on<T, Request, true> on(team& members, sharing how = sharing::fast) & { return run_by<true>(members, how); }
    program_on<T, Request, false> on(team& members, sharing how = sharing::fast) && {
        return run_by<false>(members, how);
    }

private:
    static constexpr std::size_t output_size = Request::numbers;
    // With room for a margin, where one part may be long and not the first.
    static constexpr bool may_have_margin =
        Request::has_several_parts && output_size * sizeof(T) >= bytes_of_long_output;
    static constexpr std::size_t stored_size = output_size + (may_have_margin ? block_alignment / sizeof(T) : 0);
    static constexpr bool outlives_its_call = false;  // a temporary
    template <bool IsKept>
    program_on<T, Request, IsKept> run_by(team& members, sharing how) {
        workspace_.reserve(2 * detail::most_numbers<T, Request> * static_cast<std::size_t>(members.size()));
        return {*this, {&members, how}};
    }

    template <class, class, bool>
    friend class program_on;
    friend detail::called<program, T, Request>;

    template <class... B>
    CHAINFOLD_INLINE auto mean(const B&... bindings) {
        if constexpr ((B::is_batched || ...))
            return mean_of_batch(detail::copies_of<B...>{bindings...});
        else
            return call<false>(workers{}, bindings...);
    }
    // What is not a small program's call takes no registers from it: copies of the bindings, made where it is called.
    template <class... B>
    [[gnu::noinline]] auto mean_of_batch(const detail::copies_of<B...>& bindings) {
        return call<false>(workers{}, static_cast<const B&>(bindings)...);
    }
    template <class... A>
    void each_sample(const A&... arguments) {
        call_into<false>(workers{}, arguments...);
    }

    template <bool Shared, class... B>
    CHAINFOLD_INLINE auto call(const workers& by, const B&... bindings) {
        using request = typename detail::request_with<Request, B...>::type;
        const std::size_t samples = detail::count_samples(bindings...);
        detail::check_room_of_gradients(bindings...);
        const auto places = detail::places_of_gradients<T, request>(bindings...);
        // The call of a small program has no bindings that may be copies, so that they stay in registers.
        using runs = executor<detail::plan_for<request, T, false, B...>, T>;
        if constexpr (runs::is_small) {
            if constexpr ((is_read_late<runs, detail::bound<B>> || ...))
                if ((is_result_read_late<runs>(detail::as_bound(bindings)) || ...)) [[unlikely]]
                    return compute_from_copies<Shared, request>(
                        by, samples, places, detail::copies_of<detail::bound<B>...>{detail::as_bound(bindings)...});
            return compute<Shared, request>(by, samples, places, detail::as_bound(bindings)...);
        } else {
            return compute<Shared, request>(by, samples, places,
                                            last_.aside(detail::as_bound(bindings), outputs_.data(), stored_size)...);
        }
    }
    // May what is bound be one of the last results, and is it read after new ones are written?
    template <class Runs, class... E>
    static constexpr bool are_read_first(detail::list<E...>) {
        return (Runs::is_read_first(E::symbol_type::key) && ...);
    }
    template <class Runs, class B>
    static constexpr bool is_read_late =
        detail::can_be_a_result<T, B> && !are_read_first<Runs>(detail::spread_arguments<B>{});
    template <class Runs, class B>
    CHAINFOLD_INLINE bool is_result_read_late([[maybe_unused]] const B& bound) {
        if constexpr (is_read_late<Runs, B>)
            return last_.has(bound, outputs_.data(), stored_size);
        else
            return false;
    }
    template <bool Shared, class R, class Places, class... B>
    [[gnu::noinline]] [[gnu::cold]] auto compute_from_copies(workers by, std::size_t samples, Places places,
                                                             const detail::copies_of<B...>& values) {
        return compute<Shared, R>(by, samples, places,
                                  last_.aside(static_cast<const B&>(values), outputs_.data(), stored_size)...);
    }
    template <bool Shared, class R, class Places, class... B>
        requires(WithBlock<B...>)
    CHAINFOLD_INLINE auto compute(const workers& by, std::size_t samples, const Places& places, const B&... values) {
        return detail::spread_blocks([&](const auto&... each)
                                         CHAINFOLD_INLINE { return compute<Shared, R>(by, samples, places, each...); },
                                     values...);
    }
    template <bool Shared, class R, class Places, class... B>
        requires(!WithBlock<B...>)
    CHAINFOLD_INLINE auto compute(const workers& by, std::size_t samples, const Places& places, const B&... values) {
        using plan = detail::plan_for<R, T, false, B...>;
        using result = detail::result_of_request<T, R>;
        const auto computed_in = [&](T* outputs) CHAINFOLD_INLINE {
            run<plan, runner<plan, T, Shared>>(outputs, by, samples, places, values...);
            return result::make(outputs, plan::value.output_offsets);
        };
        if constexpr (result::is_copied) {  // nobody sees where it was
            T outputs[output_size];
            return computed_in(outputs);
        } else {
            static_assert(output_size + static_cast<std::size_t>(plan::value.margin) <= stored_size);
            return computed_in(outputs_.data() + plan::value.margin);
        }
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
            run<plan, runner<plan, T, Shared>>(outputs_.data(), by, samples,
                                               std::array{detail::sample_place<T>{out.data, output_size}}, bindings...);
        } else {
            call_into<Shared>(by, bindings..., out);  // until into(…) comes first
        }
    }

    // `places`: where outputs go sample by sample.
    template <class P, class Runs, class Places, class... B>
    CHAINFOLD_INLINE void run(T* outputs, const workers& by, std::size_t samples, const Places& places,
                              const B&... bindings) {
        constexpr bool on_heap = Runs::workspace * sizeof(T) > largest_inline_bytes;
        if (on_heap || by.members != nullptr) {
            workspace_.reserve(Runs::workspace_for(by, samples));
            run_in<P, Runs>(workspace_.data(), outputs, by, samples, places, bindings...);
        } else {
            constexpr std::size_t numbers = on_heap ? 0 : Runs::workspace;
            alignas(numbers * sizeof(T) >= block_alignment ? block_alignment : alignof(T)) T workspace[numbers + 1];
            run_in<P, Runs>(workspace, outputs, by, samples, places, bindings...);
        }
    }

    template <class P, class Runs, class Places, class... B>
    CHAINFOLD_INLINE void run_in(T* workspace, T* outputs, const workers& by, std::size_t samples, const Places& places,
                                 const B&... bindings) {
        constexpr std::size_t bases = static_cast<std::size_t>(Runs::bases);
        const detail::scalars_in<T, B...> scalars(bindings...);
        const detail::values_as<T, B...> values(scalars, bindings...);
        T* base[bases];
        std::ptrdiff_t moves[bases];
        base[workspace_base] = workspace;
        base[local_base] = workspace + P::value.workspace;
        base[output_base] = outputs;
        moves[workspace_base] = moves[local_base] = moves[output_base] = 0;
        values.template connect<P>(base + first_symbol_base, moves + first_symbol_base);
        for (std::size_t i = 0; i < places.size(); ++i) {
            base[bases - places.size() + i] = places[i].data;
            moves[bases - places.size() + i] = places[i].step;
        }
        if constexpr (is_descent<Request>)
            Runs::run(base, moves, samples, by, detail::learning_rate_among<T>(bindings...));
        else
            Runs::run(base, moves, samples, by);
    }

    detail::storage<T, stored_size> outputs_;
    detail::block<T> workspace_;
    detail::own_results<T> last_;
};

/// A program together with those who run it; what program.on(threads) gives.  Called as the program itself, which may
/// be one that nobody keeps.
template <class T, class Request, bool IsKept>
class program_on : public detail::called<program_on<T, Request, IsKept>, T, Request> {
public:
    program_on(program<T, Request>& what, const workers& by) : program_(what), by_(by) {}

private:
    friend detail::called<program_on, T, Request>;
    static constexpr bool outlives_its_call = IsKept;  // the program, though program_on is mostly a temporary

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
