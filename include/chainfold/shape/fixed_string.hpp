// SPDX-License-Identifier: BSL-1.0
#pragma once

// Text as a template argument, for the names of inputs and parameters, and as an entry of a table.

#include <cstddef>
#include <string_view>

namespace chainfold {

template <std::size_t N>
struct fixed_string {
    char characters[N + 1]{};

    constexpr fixed_string() = default;
    constexpr fixed_string(const char (&text)[N + 1]) {  // NOLINT: implicit, so that input<"x"> can be written
        for (std::size_t i = 0; i < N; ++i) characters[i] = text[i];
    }
    [[nodiscard]] constexpr std::string_view view() const { return {characters, N}; }
    friend constexpr bool operator==(const fixed_string&, const fixed_string&) = default;
};
template <std::size_t N>
fixed_string(const char (&)[N]) -> fixed_string<N - 1>;

namespace detail {
/// A literal, as an entry of a table.  (A std::string_view counts its characters one by one where the compiler
/// evaluates it, which is nearly all that a table of words costs g++; the built-in function knows.)
struct literal_view : std::string_view {
    constexpr literal_view() = default;
    constexpr literal_view(std::string_view text) : std::string_view(text) {}                     // NOLINT: implicit
    constexpr literal_view(const char* text) : std::string_view(text, __builtin_strlen(text)) {}  // NOLINT: implicit
};
}  // namespace detail

/// The N characters of a view.
template <std::size_t N>
constexpr fixed_string<N> fixed_copy(std::string_view text) {
    fixed_string<N> copy;
    for (std::size_t i = 0; i < N; ++i) copy.characters[i] = text[i];
    return copy;
}

/// Concatenation, for the names of a layer's weights: "0." + "weight".
template <std::size_t A, std::size_t B>
constexpr fixed_string<A + B> operator+(const fixed_string<A>& a, const fixed_string<B>& b) {
    fixed_string<A + B> joined;
    for (std::size_t i = 0; i < A; ++i) joined.characters[i] = a.characters[i];
    for (std::size_t i = 0; i < B; ++i) joined.characters[A + i] = b.characters[i];
    return joined;
}

}  // namespace chainfold
