// SPDX-License-Identifier: BSL-1.0
#pragma once

// A field as a number, whatever the locale: 1, -2.5, +3e-4.  What stands for a missing value is none.

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <type_traits>

namespace chainfold::csv {

enum class reading { a_number, missing, no_number, out_of_range };

/// Empty, "?", or one of the words by which R, pandas and SQL say that there is no value.
constexpr bool is_missing(std::string_view text) {
    constexpr std::array<std::string_view, 12> words{"",     "?",    "na",   "n/a",     "nan", "null",
                                                     "none", "#n/a", "<na>", "missing", "-",   "."};
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return std::equal(word.begin(), word.end(), text.begin(), text.end(),
                          [&](char a, char b) { return a == lower(b); });
    });
}

/// The T nearest to the number written, which must be in its range; what is too small for it is 0.
template <class T>
reading read_number(std::string_view text, T& value) {
    if (is_missing(text)) return reading::missing;
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
    // from_chars also knows infinity and NaN, which are no data.
    const char first = text[text.starts_with('-') && text.size() > 1 ? 1 : 0];
    if (!(first >= '0' && first <= '9') && first != '.') return reading::no_number;
    const auto parse = [&](auto& to) { return std::from_chars(text.data(), text.data() + text.size(), to); };
    const auto done = parse(value);
    if (done.ptr != text.data() + text.size()) return reading::no_number;
    if (done.ec == std::errc()) return reading::a_number;
    if constexpr (std::is_same_v<T, float>) {
        double wide = 0;
        if (parse(wide).ec == std::errc() && wide < 1 && wide > -1) {
            value = static_cast<float>(wide);
            return reading::a_number;
        }
    }
    return reading::out_of_range;
}

}  // namespace chainfold::csv
