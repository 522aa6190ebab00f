// SPDX-License-Identifier: BSL-1.0
#pragma once

// A text that can be a constant: std::string cannot be one with Clang on every standard library.

#include <cstddef>
#include <string>
#include <string_view>

#include <chainfold/graph/buffer.hpp>

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
    operator std::string() const { return std::string(view()); }    // NOLINT: and can be kept as a string

    friend constexpr bool operator==(const text& a, std::string_view b) { return a.view() == b; }
    template <class Stream>
    friend auto operator<<(Stream& out, const text& t) -> decltype(out << std::string_view{}) {
        return out << t.view();
    }

private:
    char characters_[N + 1]{};
};

/// Text of a length that only the run knows, or a constant expression while it lasts; used as text<N> is.
class long_text {
public:
    constexpr void put(std::string_view s) { characters_.append(s.data(), static_cast<int>(s.size())); }
    /// Makes room for so many characters in all.
    constexpr void reserve(int count) { characters_.reserve(count); }
    [[nodiscard]] constexpr std::size_t size() const { return static_cast<std::size_t>(characters_.size()); }
    [[nodiscard]] constexpr std::string_view view() const { return {characters_.data(), size()}; }
    constexpr operator std::string_view() const { return view(); }  // NOLINT: a text is a string view
    operator std::string() const { return std::string(view()); }    // NOLINT: and can be kept as a string
    /// The characters with a zero behind them.
    [[nodiscard]] constexpr const char* c_str() {
        characters_.push('\0');
        characters_.pop();
        return characters_.data();
    }

    friend constexpr bool operator==(const long_text& a, std::string_view b) { return a.view() == b; }
    template <class Stream>
    friend auto operator<<(Stream& out, const long_text& t) -> decltype(out << std::string_view{}) {
        return out << t.view();
    }

private:
    buffer<char> characters_{};
};

/// Writes into a buffer or a text, or only counts if there is none.  Stops at the limit, so that a formula which
/// repeats a shared part over and over ends.
class writer {
public:
    static constexpr std::size_t limit = 1 << 14, unlimited = static_cast<std::size_t>(-1) / 2;

    constexpr explicit writer(char* out = nullptr, std::size_t most = limit) : out_(out), most_(most) {}
    /// Writes on to the end of a text, as far as there is memory.
    constexpr explicit writer(long_text& text) : text_(&text), most_(unlimited) {}

    constexpr void put(std::string_view s) {
        if (truncated_) return;
        if (out_ != nullptr || text_ != nullptr) copy(s);
        size_ += s.size();
        if (size_ < most_) return;
        if (out_ != nullptr || text_ != nullptr) copy(" ...");
        size_ += 4;
        truncated_ = true;
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
    [[nodiscard]] constexpr bool full() const { return truncated_; }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }

private:
    constexpr void copy(std::string_view s) const {
        if (text_ != nullptr) text_->put(s);
        if (out_ == nullptr) return;
        const char* const from = s.data();
        char* const to = out_ + size_;
        const std::size_t count = s.size();
        for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
    }

    char* out_ = nullptr;
    long_text* text_ = nullptr;
    std::size_t most_ = limit;
    std::size_t size_ = 0;
    bool truncated_ = false;
};

}  // namespace chainfold
