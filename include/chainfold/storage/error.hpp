// SPDX-License-Identifier: BSL-1.0
#pragma once

// What is thrown where a file is not what it should be: a class for each kind of trouble, its sentence naming the file,
// the place, what was expected and what was found.  (A mistake of the caller's throws std::invalid_argument, as
// everywhere.)

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <chainfold/expression/message.hpp>

namespace chainfold {

/// A file that cannot be read or written, or does not hold what it should.
class storage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

template <class T>
inline constexpr bool is_a_type_of_numbers = false;
/// Goes for what would have been read.
template <class T, class Result>
struct numbers_of_no_type : Result {
    template <class X>
    constexpr numbers_of_no_type& operator=(const X&) {
        return *this;
    }
    static_assert(is_a_type_of_numbers<T>,
                  "read_npy<float>(file), read_idx<float>(file), read_csv<float>(file): name a type of numbers");
};

namespace detail {

/// Throws; without exceptions it prints the sentence and ends the program.
template <class Error>
[[noreturn]] [[gnu::cold]] void raise(const Error& error) {
#if defined(__cpp_exceptions)
    throw error;
#else
    std::fprintf(stderr, "%s\n", error.what());
    std::abort();
#endif
}
[[noreturn]] [[gnu::cold]] inline void fail(std::string sentence) { raise(storage_error(std::move(sentence))); }
[[noreturn]] [[gnu::cold]] inline void refuse_argument(std::string sentence) {
    raise(std::invalid_argument(std::move(sentence)));
}

/// Text of a file as it can stand in a sentence: without control characters.
inline std::string printable(std::string_view text) {
    std::string shown(text);
    for (char& c : shown)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    return shown;
}
/// The same in quotes, cut after 60 bytes.
inline std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 60;
    return '"' + printable(text.substr(0, longest)) + (text.size() > longest ? "…\"" : "\"");
}

/// "1, 2, 3", at most nine of them.
template <class Numbers>
std::string listed(const Numbers& numbers) {
    std::string text;
    std::size_t count = 0;
    for (const auto& n : numbers) {
        if (count++ > 0) text += ", ";
        if (count > 9) return text + "…";
        text += std::to_string(n);
    }
    return text;
}

}  // namespace detail
}  // namespace chainfold
