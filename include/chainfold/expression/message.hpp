// SPDX-License-Identifier: BSL-1.0
#pragma once

// How a mistake is reported: one error whose text is a sentence, at the user's line.
//
// A wrong call selects an overload whose return type is a verdict: a class that holds the sentence in a static_assert
// and derives from poison.  The class is only named in the signature and completed where the user's call is, so no
// function of the library appears in the trail.  Poison is swallowed by every public function, so the first error is
// the only one.  g++ prints the trail we want if the overload is constexpr and has a body, Clang if it has neither.

#include <cstddef>
#include <type_traits>

namespace chainfold {

/// What a mistaken call returns.  Everything accepts it and says nothing more: it is called, indexed, walked through
/// and compared, and where a number or a condition is expected it is one.
struct poison {
    static const poison value, gradient;

    constexpr poison operator()(const auto&...) const { return {}; }
    constexpr poison operator[](const auto&) const { return {}; }
    constexpr operator bool() const { return true; }  // NOLINT: implicit, and so a number of any type
    constexpr poison value_and_gradient(const auto&...) const { return {}; }
    constexpr poison evaluate(const auto&...) const { return {}; }
    [[nodiscard]] constexpr bool passed() const { return true; }
    [[nodiscard]] static constexpr const double* data() { return nullptr; }
    [[nodiscard]] static constexpr const double* begin() { return nullptr; }
    [[nodiscard]] static constexpr const double* end() { return nullptr; }
    [[nodiscard]] static constexpr std::size_t size() { return 0; }
    [[nodiscard]] static constexpr const char* c_str() { return ""; }
};
inline constexpr poison poison::value{};
inline constexpr poison poison::gradient{};

template <class X>
inline constexpr bool is_poison = std::is_base_of_v<poison, std::remove_cvref_t<X>>;

template <class... X>
concept Poisoned = (is_poison<X> || ...);

template <class A, class B>
    requires Poisoned<A, B>
constexpr bool operator==(const A&, const B&) {
    return true;
}
template <class A, class B>
    requires Poisoned<A, B>
constexpr bool operator!=(const A&, const B&) {
    return true;
}

namespace detail {
/// What any argument converts to: an overload of these takes what no other one takes as it is.
struct anything {
    template <class X>
    constexpr anything(const X&) {}  // NOLINT: implicit
};
}  // namespace detail

}  // namespace chainfold

#if defined(__clang__)
#define CHAINFOLD_MISTAKE(...) __VA_ARGS__;
#else
#define CHAINFOLD_MISTAKE(...) \
    constexpr __VA_ARGS__ { return {}; }
#endif
