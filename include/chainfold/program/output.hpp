// SPDX-License-Identifier: BSL-1.0
#pragma once

// The pieces of a call: into(out), what may be wrong with it, and bindings turned into addresses.

#include <cstdint>

#include <chainfold/expression/bound_block.hpp>
#include <chainfold/program/arguments.hpp>
#include <chainfold/program/plan/make_plan.hpp>

namespace chainfold {

/// Where the outputs of a batch go; what into(…) makes.
template <class T>
struct output_span {
    T* data = nullptr;
    std::size_t count = 0;
};

/// f(x = batch(in), …, into(out)): writes one output for each sample, one after another; throws std::invalid_argument
/// where the room is not for as many.
template <has_data_and_size R>
constexpr auto into(R&& out) {
    return output_span<std::remove_reference_t<decltype(*out.data())>>{out.data(),
                                                                       static_cast<std::size_t>(out.size())};
}
template <class T, std::size_t N>
constexpr output_span<T> into(T (&out)[N]) {
    return {out, N};
}

template <class X>
inline constexpr bool is_output = false;
template <class T>
inline constexpr bool is_output<output_span<T>> = true;

template <class... A>
concept WithOutput = (is_output<A> || ...);

namespace detail {

template <class Kept, class... A>
struct bindings_among {
    using type = Kept;
};
template <class... Kept, class First, class... Rest>
struct bindings_among<list<Kept...>, First, Rest...>
    : bindings_among<std::conditional_t<is_output<First>, list<Kept...>, list<Kept..., First>>, Rest...> {};

[[noreturn]] [[gnu::cold]] [[gnu::noinline]] inline void refuse_batch(std::string_view name, std::size_t size,
                                                                      std::size_t found, std::size_t samples) {
    const int n = length(name);
    if (found == 0) refuse_with("%.*s: a batch must hold at least one sample, found none", n, name.data());
    if (found % size != 0)
        refuse_with("%.*s: a batch of samples of %zu numbers, found %zu, which is no whole number of samples", n,
                    name.data(), size, found);
    refuse_with("%.*s: all batches of a call must be of one length: expected %zu samples, found %zu", n, name.data(),
                samples, found / size);
}

[[noreturn]] [[gnu::cold]] [[gnu::noinline]] inline void refuse_alignment(std::string_view name, std::size_t expected) {
    refuse_with("%.*s: expected numbers at an address that is a multiple of %zu, found another: copy them to an array "
                "of their type",
                length(name), name.data(), expected);
}
[[noreturn]] [[gnu::cold]] [[gnu::noinline]] inline void refuse_overlap(std::string_view outputs, std::string_view over) {
    refuse_with("%.*s: the outputs would be written over %.*s: give them room of their own", length(outputs),
                outputs.data(), length(over), over.data());
}
/// How many bytes an address is beyond one where numbers of its type may stand.
template <class T>
CHAINFOLD_INLINE inline std::uintptr_t misalignment(const T* numbers) {
    return reinterpret_cast<std::uintptr_t>(numbers) % alignof(T);
}
template <class T>
CHAINFOLD_INLINE inline bool is_misaligned(const T* numbers) {
    return misalignment(numbers) != 0;
}
/// Have the two ranges a number in common?
template <class T, class U>
bool overlap(const T* a, std::size_t count, const U* b, std::size_t other) {
    const auto first = reinterpret_cast<std::uintptr_t>(a), second = reinterpret_cast<std::uintptr_t>(b);
    return first < second + other * sizeof(U) && second < first + count * sizeof(T);
}

/// One aligned block of memory that only grows.
template <class T>
class block {
public:
    block() = default;
    block(block&& other) noexcept : values_(other.values_), size_(other.size_) {
        other.values_ = nullptr;
        other.size_ = 0;
    }
    block(const block& other) { reserve(other.size_); }
    block& operator=(block other) noexcept {
        std::swap(values_, other.values_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~block() { give_block_back(values_, size_); }

    void reserve(std::size_t size) {
        if (size <= size_) return;
        give_block_back(values_, size_);
        values_ = nullptr;
        size_ = 0;
        values_ = take_block<T>(size);
        size_ = size;
    }
    T* data() { return values_; }

private:
    T* values_ = nullptr;
    std::size_t size_ = 0;
};

/// Arguments that are results of the same program's last call, which this call writes over: f(x = f(x = v)).
template <class T, class B>
inline constexpr bool can_be_a_result = std::is_same_v<typename B::value_type, T> && B::is_view && !is_writable<B> &&
                                        (is_bound_block<B> || first_symbol<B>::shape_type::rank > 0 || B::is_batched);
template <class T>
class own_results {
public:
    /// Do a binding's numbers stand among these results?
    template <class B>
    CHAINFOLD_INLINE static bool has(const B& bound, const T* results, std::size_t count) {
        return can_be_a_result<T, B> && offset(bound, results) < count * sizeof(T);
    }
    /// A binding; where its numbers stand among these results, of their copy.
    template <class B>
    B aside(const B& bound, const T* results, std::size_t count) {
        B moved = bound;
        if constexpr (can_be_a_result<T, B>)
            if (has(bound, results, count)) [[unlikely]]
                moved = at(bound, in_copy(bound.data(), results, count));
        return moved;
    }

private:
    template <class S, class U, bool Batched>
    static binding<S, U, Batched> at(const binding<S, U, Batched>& bound, const U* numbers) {
        return {numbers, bound.count};
    }
    template <class U, class... W>
    static bound_block<U, W...> at(const bound_block<U, W...>&, U* numbers) {
        return bound_block<U, W...>(numbers);
    }
    template <class B>
    CHAINFOLD_INLINE static std::uintptr_t offset(const B& bound, const T* results) {  // in bytes
        return reinterpret_cast<std::uintptr_t>(bound.data()) - reinterpret_cast<std::uintptr_t>(results);
    }
    // Where the same number stands in a copy of the results.
    [[gnu::noinline]] [[gnu::cold]] const T* in_copy(const T* number, const T* results, std::size_t count) {
        copy_.reserve(count);
        for (std::size_t i = 0; i < count; ++i) copy_.data()[i] = results[i];
        return copy_.data() + (number - results);
    }
    block<T> copy_;
};

// Scalars that are only read are copied, and converted where they are of another type.
template <class B>
inline constexpr bool is_one_number = B::symbol_type::shape_type::rank == 0 && !B::is_batched && !is_writable<B>;
template <class T, class B>
CHAINFOLD_INLINE constexpr T scalar_in(const B& bound) {
    if constexpr (is_one_number<B>)
        return static_cast<T>(*bound.data());
    else
        return T{};
}
template <class T, class B>
CHAINFOLD_INLINE constexpr const T* address_in(const B& bound) {
    if constexpr (!is_one_number<B> && std::is_same_v<typename B::value_type, T>)
        return bound.data();
    else
        return nullptr;
}
template <class T, class... B>
struct scalars_in {
    T values[sizeof...(B) + 1];
    CHAINFOLD_INLINE explicit scalars_in(const B&... bindings) : values{scalar_in<T>(bindings)..., T{}} {}
};

/// Bindings in memory, for a call that takes them all.
template <class... B>
struct copies_of : B... {};

/// Bindings as addresses of numbers of type T.  Scalars stand in an object of their own, which outlives this one: since
/// their addresses are taken it is in memory, and this need not be.
template <class T, class... B>
class values_as {
public:
    explicit values_as(const scalars_in<T, B...>&&, const B&...) = delete;
    CHAINFOLD_INLINE explicit values_as(const scalars_in<T, B...>& scalars, const B&... bindings)
        : scalars_(scalars.values), values_{address_in<T>(bindings)..., nullptr} {}

    /// The address of each symbol of a plan, and by how much it moves from one sample to the next.
    template <class P>
    CHAINFOLD_INLINE void connect(T** base, std::ptrdiff_t* moves) const {
        constexpr std::size_t symbols = binding_of_symbol<P>.size();
        if constexpr (symbols <= 64)  // written out, so that a small program keeps its addresses in registers
            [&]<std::size_t... S>(std::index_sequence<S...>) CHAINFOLD_INLINE {
                (connect_one(binding_of_symbol<P>[S], base[S], moves[S]), ...);
            }(std::make_index_sequence<symbols>{});
        else
            for (std::size_t s = 0; s < symbols; ++s) connect_one(binding_of_symbol<P>[s], base[s], moves[s]);
    }

private:
    static constexpr bool is_scalar[] = {is_one_number<B>..., false};
    static constexpr std::ptrdiff_t steps[] = {
        (B::is_batched ? static_cast<std::ptrdiff_t>(B::symbol_type::shape_type::size) : 0)..., 0};

    CHAINFOLD_INLINE void connect_one(std::size_t i, T*& base, std::ptrdiff_t& move) const {
        base = const_cast<T*>(is_scalar[i] ? scalars_ + i : values_[i]);
        move = steps[i];
    }

    template <class P>
    static constexpr auto binding_of_symbol = [] {
        constexpr hash_value keys[] = {B::symbol_type::key..., 0};
        const graph_view graph = P::graph().view();
        std::array<std::size_t, static_cast<std::size_t>(P::graph().sizes.symbols)> found{};
        std::size_t i = 0;  // bindings mostly come in the order of the symbols
        for (int s = 0; s < graph.symbol_count; ++s) {
            while (keys[i] != graph.symbols[s].key) i = i + 1 < sizeof...(B) ? i + 1 : 0;
            found[static_cast<std::size_t>(s)] = i;
        }
        return found;
    }();

    const T* scalars_;
    const T* values_[sizeof...(B) + 1];
};

}  // namespace detail

}  // namespace chainfold
