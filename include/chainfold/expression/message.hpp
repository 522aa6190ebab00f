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

struct poison;
template <class X>
inline constexpr bool is_poison = std::is_base_of_v<poison, std::remove_cvref_t<X>>;

template <class... X>
concept Poisoned = (is_poison<X> || ...);

/// What a mistaken call returns.  Everything accepts it and says nothing more: it is called, indexed, walked through,
/// compared, taken apart in two, and where a number or a condition is expected it is one.  The number is a float and
/// nothing else, so that no overload of std::isfinite or std::abs is as good as another.
struct poison {
    static const poison nothing;
    const poison& value = nothing;
    const poison& gradient = nothing;

    constexpr poison() = default;
    constexpr poison(const poison&) = default;
    constexpr poison& operator=(const poison&) { return *this; }
    constexpr poison operator()(const auto&...) const { return {}; }
    constexpr poison operator[](const auto&) const { return {}; }
    constexpr operator float() const { return 1; }  // NOLINT: implicit
    explicit constexpr operator bool() const { return true; }
    constexpr poison value_and_gradient(const auto&...) const { return {}; }
    constexpr poison evaluate(const auto&...) const { return {}; }
    constexpr poison gradient_into(const auto&...) const { return {}; }
    [[nodiscard]] constexpr bool passed() const { return true; }
    [[nodiscard]] static constexpr const double* data() { return nullptr; }
    [[nodiscard]] static constexpr const double* begin() { return nullptr; }
    [[nodiscard]] static constexpr const double* end() { return nullptr; }
    [[nodiscard]] static constexpr std::size_t size() { return 0; }
    [[nodiscard]] static constexpr const char* c_str() { return ""; }
    // (Friends, so that nobody else's comparison has to consider them.)
    template <class A, class B>
        requires Poisoned<A, B>
    friend constexpr bool operator==(const A&, const B&) {
        return true;
    }
    template <class A, class B>
        requires Poisoned<A, B>
    friend constexpr bool operator!=(const A&, const B&) {
        return true;
    }
};
inline constexpr poison poison::nothing{};

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

namespace chainfold {
/// What follows a mistake in a stream.
template <class Mistake, class X>
    requires(is_poison<Mistake> && !is_poison<X>)
CHAINFOLD_MISTAKE(poison operator<<(const Mistake&, const X&))
}  // namespace chainfold
