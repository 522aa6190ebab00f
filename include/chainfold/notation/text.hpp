// SPDX-License-Identifier: BSL-1.0
#pragma once

// A text that can be a constant: std::string cannot be one with Clang on every standard library.

#include <cstddef>
#include <string_view>

namespace chainfold {

/// Text of a fixed length; compares with and converts to std::string_view.
template <std::size_t N>
class text {
public:
    constexpr char* data() { return characters_; }
    [[nodiscard]] constexpr const char* data() const { return characters_; }
    [[nodiscard]] constexpr const char* c_str() const { return characters_; }
    [[nodiscard]] static constexpr std::size_t size() { return N; }
    [[nodiscard]] constexpr std::string_view view() const { return {characters_, N}; }
    constexpr operator std::string_view() const { return view(); }  // NOLINT: a text is a string view

    friend constexpr bool operator==(const text& a, std::string_view b) { return a.view() == b; }
    template <class Stream>
    friend auto operator<<(Stream& out, const text& t) -> decltype(out << std::string_view{}) {
        return out << t.view();
    }

private:
    char characters_[N + 1]{};
};

/// Writes into a buffer, or only counts if there is none.  Stops at the limit, so that a formula which repeats a
/// shared part over and over ends.
class writer {
public:
    static constexpr std::size_t limit = 1 << 14;

    constexpr explicit writer(char* out = nullptr) : out_(out) {}
    constexpr void put(std::string_view s) {
        if (full()) return;
        if (out_ != nullptr)
            for (std::size_t i = 0; i < s.size(); ++i) out_[size_ + i] = s[i];
        size_ += s.size();
        if (full()) {
            truncated_ = true;
            put_ellipsis();
        }
    }
    constexpr void put(int number) {
        char digits[12];
        int first = 12;
        unsigned rest = number < 0 ? 0u - static_cast<unsigned>(number) : static_cast<unsigned>(number);
        do digits[--first] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) > 0);
        if (number < 0) digits[--first] = '-';
        put(std::string_view(digits + first, static_cast<std::size_t>(12 - first)));
    }
    [[nodiscard]] constexpr bool full() const { return truncated_ || size_ >= limit; }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }

private:
    constexpr void put_ellipsis() {
        const std::string_view dots = " ...";
        if (out_ != nullptr)
            for (std::size_t i = 0; i < dots.size(); ++i) out_[size_ + i] = dots[i];
        size_ += dots.size();
    }

    char* out_;
    std::size_t size_ = 0;
    bool truncated_ = false;
};

}  // namespace chainfold
