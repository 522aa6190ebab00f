// SPDX-License-Identifier: BSL-1.0
#pragma once

// Many symbols bound at once, to numbers that stand one after another: one argument of a call, however deep a network
// is. What a call asks of an address it asks once of a block, and spreads it where the numbers are read.

#include <array>
#include <utility>

#include <chainfold/expression/binding.hpp>
#include <chainfold/math/inline.hpp>

namespace chainfold {

namespace detail {
/// Where the numbers of each symbol begin in a block, and where the block ends.
template <class... W>
inline constexpr auto offsets_in_block = [] {
    std::array<std::size_t, sizeof...(W) + 1> offsets{W::shape_type::size...};
    std::size_t end = 0;
    for (std::size_t& offset : offsets) {
        const std::size_t size = offset;
        offset = end;
        end += size;
    }
    return offsets;
}();
}  // namespace detail

/// The symbols W, …, bound to numbers of type T that stand one after another from `values` on.  Where T is not
/// constant, a call may change them, as with in_place.
template <class T, class... W>
class bound_block {
public:
    template <class S>
    using binding_of =
        std::conditional_t<std::is_const_v<T>, binding<S, std::remove_const_t<T>>, writable_binding<S, T>>;

    using value_type = std::remove_const_t<T>;
    static constexpr bool is_batched = false, is_view = true;

    constexpr explicit bound_block(T* values) : values_(values) {}
    [[nodiscard]] constexpr T* data() const { return values_; }

    /// Calls f with the binding of every symbol.
    template <class F>
    CHAINFOLD_INLINE constexpr decltype(auto) spread(F&& f) const {
        return [&]<std::size_t... I>(std::index_sequence<I...>) CHAINFOLD_INLINE -> decltype(auto) {
            return static_cast<F&&>(f)(
                binding_of<W>{values_ + detail::offsets_in_block<W...>[I], W::shape_type::size}...);
        }(std::index_sequence_for<W...>{});
    }

private:
    T* values_;
};

namespace detail {
template <class A>
inline constexpr bool is_bound_block = false;
template <class T, class... W>
inline constexpr bool is_bound_block<bound_block<T, W...>> = true;

/// The symbol whose numbers begin where a binding's do.
template <class B>
struct first_symbol_of {
    using type = typename B::symbol_type;
};
template <class T, class First, class... Rest>
struct first_symbol_of<bound_block<T, First, Rest...>> {
    using type = First;
};
template <class B>
using first_symbol = typename first_symbol_of<B>::type;

template <class... X>
struct list {};

/// The types of the arguments, with those of the bindings in the place of every block.
template <class Found, class... A>
struct spread_after {
    using type = Found;
};
template <class... Found, class First, class... Rest>
struct spread_after<list<Found...>, First, Rest...> : spread_after<list<Found..., First>, Rest...> {};
template <class... Found, class T, class... W, class... Rest>
struct spread_after<list<Found...>, bound_block<T, W...>, Rest...>
    : spread_after<list<Found..., typename bound_block<T, W...>::template binding_of<W>...>, Rest...> {};
template <class... A>
using spread_arguments = typename spread_after<list<>, A...>::type;

/// Calls f with these arguments, and with the bindings in the place of every block.
template <class F>
CHAINFOLD_INLINE constexpr decltype(auto) spread_blocks(F&& f) {
    return static_cast<F&&>(f)();
}
template <class F, class First, class... Rest>
CHAINFOLD_INLINE constexpr decltype(auto) spread_blocks(F&& f, const First& first, const Rest&... rest) {
    const auto with = [&](const auto&... before) CHAINFOLD_INLINE -> decltype(auto) {
        return spread_blocks(
            [&](const auto&... behind)
                CHAINFOLD_INLINE -> decltype(auto) { return static_cast<F&&>(f)(before..., behind...); },
            rest...);
    };
    if constexpr (is_bound_block<First>)
        return first.spread(with);
    else
        return with(first);
}
}  // namespace detail

template <class T, class... W>
inline constexpr bool is_writable<bound_block<T, W...>> = !std::is_const_v<T>;

/// Among the arguments are symbols that are bound together.
template <class... A>
concept WithBlock = (detail::is_bound_block<A> || ...);

}  // namespace chainfold
